import CAV
package import ZCColor
import ZCCore

/// How a plane lies in memory, and what its pixels are.
package struct PlaneLayout: Sendable {
  package let place: PicturePlanes.Plane
  /// Components of a pixel: 2 for the chroma of NV12, 3 or 4 for packed RGB.
  package let channels: Int
  /// Of a component; 1 too where the format is none that is known here: bytes, then.
  package let bytesPerSample: Int

  package var columns: Int { place.rowBytes / (channels * bytesPerSample) }

  /// `format` is nil where it is none that is known here.
  init(_ place: PicturePlanes.Plane, number: Int, of format: PictureFormat?) {
    self.place = place
    let channels = format?.channels(ofPlane: number) ?? 1
    let bytesPerSample = format?.bytesPerSample ?? 1
    // Half a pixel is no pixel: such a plane is shown as bytes.
    let isWhole = place.rowBytes % (channels * bytesPerSample) == 0
    self.channels = isWhole ? channels : 1
    self.bytesPerSample = isWhole ? bytesPerSample : 1
  }
}

extension PicturePlanes.Plane {
  /// - Throws: `media` for planes that cannot be, or are not in memory.
  static func all(of picture: borrowing DecodedPicture) throws(ZCError) -> [PicturePlanes.Plane] {
    let facts = picture.facts
    let count = Int(facts.plane_count)
    guard (1...4).contains(count) else {
      throw .media("a frame of \(count) planes")
    }
    var all: [PicturePlanes.Plane] = []
    all.reserveCapacity(count)
    for number in 0..<count {
      let plane = unsafe withUnsafeBytes(of: facts.plane) { planes in
        unsafe planes.bindMemory(to: zcav_plane.self)[number]
      }
      guard let data = unsafe plane.data, unsafe plane.rows > 0, unsafe plane.row_bytes > 0,
        unsafe Int(exactly: plane.stride.magnitude) ?? .max < Int.max / Int(plane.rows)
      else { throw .media("a frame whose plane \(number) is not in memory") }
      unsafe all.append(
        PicturePlanes.Plane(
          UnsafeRawPointer(data), stride: Int(plane.stride), rows: Int(plane.rows),
          rowBytes: Int(plane.row_bytes)))
    }
    return all
  }
}
