import CAV
import Synchronization
package import ZCColor
package import ZCCore

/// A decoded picture's planes in the process's memory, for all who hold the frame and all who look
/// at a plane of it.
package final class PictureMemory: Sendable {
  private let picture: DecodedPicture
  private let views = Atomic<Int>(0)
  package let planes: [PicturePlanes.Plane]

  /// - Throws: `media` for planes that cannot be, or are not in memory.
  init(_ picture: consuming DecodedPicture) throws(ZCError) {
    planes = try PicturePlanes.Plane.all(of: picture)
    self.picture = picture
  }

  /// What all planes take, in bytes.
  package var byteCount: Int { planes.reduce(0) { $0 + $1.rows * $1.rowBytes } }

  /// How many views look at them.
  package var viewCount: Int { views.load(ordering: .relaxed) }

  /// The planes for a conversion, as long as this lives.
  package func planes(as format: PictureFormat, width: Int, height: Int) throws(ZCError)
    -> PicturePlanes
  {
    try PicturePlanes(format, width: width, height: height, planes: planes)
  }

  /// The picture in another format, by libswscale.
  /// - Throws: `media` where libswscale does not know how; `outOfMemory`.
  func copy(as format: PictureFormat) throws(ZCError) -> DecodedPicture {
    var err = zcav_error()
    var made: OpaquePointer?
    let status = unsafe picture.library.table.pointee.frame_convert(
      picture.pointer, format.rawValue, &made, &err)
    guard status == ZCAV_OK, let made = unsafe made else {
      throw .media(status, err, doing: "converting a picture to \(format.rawValue)")
    }
    return unsafe DecodedPicture(made, of: picture.library)
  }

  /// See ``PicturePixels/revoke()``.
  func revoke() {
    picture.revoke()
    _ = unsafe Unmanaged.passRetained(self)
  }

  fileprivate func layout(ofPlane number: Int) -> PlaneLayout {
    PlaneLayout(planes[number], number: number, of: PictureFormat(named: picture.formatName))
  }

  fileprivate func beginView() { views.add(1, ordering: .relaxed) }
  fileprivate func endView() { views.subtract(1, ordering: .relaxed) }
}

/// One look at a plane. It keeps the picture's memory, whatever becomes of the frame and the video.
package final class PlaneView: Sendable {
  package let memory: PictureMemory
  package let plane: PlaneLayout
  package let number: Int

  /// - Throws: `outOfRange` for a plane that the picture does not have.
  package init(_ number: Int, of memory: PictureMemory) throws(ZCError) {
    guard memory.planes.indices.contains(number) else {
      throw .outOfRange("plane \(number) of a frame that has \(memory.planes.count)")
    }
    self.memory = memory
    self.number = number
    plane = memory.layout(ofPlane: number)
    memory.beginView()
  }

  deinit { memory.endView() }
}
