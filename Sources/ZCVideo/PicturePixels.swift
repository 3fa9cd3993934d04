import ZCColor
import ZCCore

/// A picture's pixels, for all who hold the frame: in memory, or in a device's, from where they are
/// copied to memory for whoever looks at them.
final class PicturePixels: Sendable {
  private struct State: ~Copyable {
    /// In the device's memory, where the decoder misses it.
    var surface: DecodedPicture?
    var memory: PictureMemory?
  }

  private let state: Lock<State>
  private let road: FrameRoad
  /// It was decoded into a device's memory.
  let wasOnDevice: Bool
  /// Nil where it is none that is known here.
  let format: PictureFormat?

  /// - Throws: `media` for planes that cannot be.
  init(_ picture: consuming DecodedPicture, _ road: FrameRoad) throws(ZCError) {
    format = PictureFormat(named: picture.formatName)
    self.road = road
    wasOnDevice = picture.isOnDevice
    if picture.isOnDevice {
      state = Lock(State(surface: picture, memory: nil), rank: .frame)
    } else {
      state = Lock(State(surface: nil, memory: try PictureMemory(picture)), rank: .frame)
    }
  }

  /// What somebody already looks at; nil while it is in a device's memory alone.
  var knownMemory: PictureMemory? { state.withLock { $0.memory } }

  /// Of a format in a device's memory that is unknown here: 0.
  var planeCount: Int {
    knownMemory?.planes.count ?? format?.planeCount ?? 0
  }

  /// Waits for the device, and copies, the first time.
  /// - Throws: `media` where the device fails.
  func memory() throws(ZCError) -> PictureMemory {
    try state.withLock { (state) throws(ZCError) in try download(&state) }
  }

  private func download(_ state: inout State) throws(ZCError) -> PictureMemory {
    if let memory = state.memory { return memory }
    guard let copy = try state.surface?.downloaded() else {
      throw .media("a frame without pixels")
    }
    let memory = try PictureMemory(copy)
    state.memory = memory
    road.countDownload()
    return memory
  }

  /// Gives the device's memory back to the decoder, but for what others hold of it.
  /// - Returns: false where there is none to give.
  /// - Throws: `media` where it cannot be copied; nothing has changed then.
  func moveToMemory() throws(ZCError) -> Bool {
    try state.withLock { (state) throws(ZCError) in
      guard state.surface != nil else { return false }
      _ = try download(&state)
      state.surface = nil
      road.countDetached()
      return true
    }
  }

  /// A reference to the picture in the device's memory; nil where it is in memory.
  func surface() throws(ZCError) -> DecodedPicture? {
    try state.withLock { (state) throws(ZCError) in try state.surface?.shared() }
  }

  /// Gives the memory back to the decoder under all who hold the frame or look at it, as the ancestors
  /// did. Only a build without guards calls this.
  func revoke() {
    state.withLock { state in
      state.surface?.revoke()
      state.memory?.revoke()
    }
    _ = unsafe Unmanaged.passRetained(self)  // its own references are void: it must not drop them
  }

  /// Whether it is in a device's memory.
  var isOnDevice: Bool { state.withLock { $0.surface != nil } }
}
