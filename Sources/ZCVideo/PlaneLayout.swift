import CAV
import ZCColor
import ZCCore

/// How a plane lies in memory, row 0 on top.
@safe package struct PlaneLayout: @unchecked Sendable {  // a place, and nothing that changes
  package let start: UnsafeRawPointer
  /// Bytes from one row to the next; negative where the last row comes first in memory.
  package let stride: Int
  package let rows: Int
  /// What of a row is picture.
  package let rowBytes: Int
  /// Components of a pixel: 2 for the chroma of NV12, 3 or 4 for packed RGB.
  package let channels: Int
  /// Of a component; 1 too where the format is none that is known here: bytes, then.
  package let bytesPerSample: Int

  package var columns: Int { rowBytes / (channels * bytesPerSample) }

  /// - Throws: `media` for planes that cannot be, or are not in memory.
  static func all(of picture: borrowing DecodedPicture) throws(ZCError) -> [PlaneLayout] {
    let facts = picture.facts
    let format = PictureFormat(named: text(of: facts.pixel_format))
    let count = Int(facts.plane_count)
    guard (1...4).contains(count) else {
      throw .media("a frame of \(count) planes")
    }
    var all: [PlaneLayout] = []
    let planes = unsafe [facts.plane.0, facts.plane.1, facts.plane.2, facts.plane.3]
    for number in 0..<count {
      let plane = unsafe planes[number]
      guard let data = unsafe plane.data, unsafe plane.rows > 0, unsafe plane.row_bytes > 0,
        unsafe Int(exactly: plane.stride.magnitude) ?? .max < Int.max / Int(plane.rows)
      else { throw .media("a frame whose plane \(number) is not in memory") }
      unsafe all.append(
        PlaneLayout(
          UnsafeRawPointer(data), stride: Int(plane.stride), rows: Int(plane.rows),
          rowBytes: Int(plane.row_bytes), channels: format?.channels(ofPlane: number) ?? 1,
          bytesPerSample: format?.bytesPerSample ?? 1))
    }
    return all
  }

  private init(
    _ start: UnsafeRawPointer, stride: Int, rows: Int, rowBytes: Int, channels: Int,
    bytesPerSample: Int
  ) {
    unsafe self.start = start
    self.stride = stride
    self.rows = rows
    self.rowBytes = rowBytes
    // Half a pixel is no pixel: such a plane is shown as bytes.
    let isWhole = rowBytes % (channels * bytesPerSample) == 0
    self.channels = isWhole ? channels : 1
    self.bytesPerSample = isWhole ? bytesPerSample : 1
  }
}
