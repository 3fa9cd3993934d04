/// What the flight recorder and the log hear of. The numbers are in files: new ones come last.
package enum FlightEvent: UInt16, CaseIterable, Sendable {
  case contextCreate = 1
  case contextLost
  case contextReinitialize
  /// A generation's GL context is destroyed.
  case contextEnd
  /// Dropped open: destroyed later.
  case contextDrop
  case batchBegin
  case batchEnd
  case draw
  case upload
  case readBack
  case fenceInsert
  case fenceSignal
  case leaseOpen
  case leaseAcquire
  case leaseRelease
  /// From one role to another.
  case leasePass
  /// Nobody holds it any more.
  case leaseEnd
  /// An idle texture is used again.
  case poolHit
  /// A texture is made.
  case poolMiss
  /// A texture waits for the GPU to finish with it.
  case poolRetire
  /// A texture lies idle.
  case poolKeep
  /// An idle texture has to make room.
  case poolEvict
  case textureDelete
  /// Foreign memory becomes a texture.
  case importFrame
  /// A shader is given to the driver.
  case compile

  /// As people read it: `context create`.
  package var name: String {
    String(describing: self).reduce(into: "") { name, letter in
      name += letter.isUppercase ? " " + letter.lowercased() : String(letter)
    }
  }

  /// Under which word of `ZCGPU_LOG` it is told.
  package var topic: LogTopic {
    switch self {
    case .leaseOpen, .leaseAcquire, .leaseRelease, .leasePass, .leaseEnd: .lease
    case .poolHit, .poolMiss, .poolRetire, .poolKeep, .poolEvict, .textureDelete: .pool
    case .importFrame: .import
    default: .gl
    }
  }
}
