import CAV
import ZCColor
import ZCCore

extension DecodedPicture {
  /// It is in a device's memory.
  var isOnDevice: Bool { facts.is_hardware != 0 }

  var formatName: String { text(of: facts.pixel_format) }

  /// Why nobody can look at it; nil where somebody can.
  var unusable: ZCError? {
    guard isOnDevice else { return nil }
    guard PictureFormat(named: formatName) != nil else {
      return .media("the device gives pictures of \(formatName), which cannot be read here")
    }
    let copy = Result { () throws(ZCError) in try downloaded() }
    guard case .failure(let error) = copy else { return nil }
    return error
  }

  /// A copy in memory. Waits for the device.
  /// - Throws: `media` where the device fails.
  func downloaded() throws(ZCError) -> DecodedPicture {
    var copy: OpaquePointer?
    var err = zcav_error()
    let status = unsafe library.table.pointee.frame_download(pointer, &copy, &err)
    guard Int(status) == ZCAV_OK, let copy = unsafe copy else {
      throw .media(status, err, doing: "a frame in a device's memory")
    }
    return unsafe DecodedPicture(copy, of: library)
  }

  /// Another reference to the same picture.
  func shared() throws(ZCError) -> DecodedPicture {
    var another: OpaquePointer?
    var err = zcav_error()
    let status = unsafe library.table.pointee.frame_share(pointer, &another, &err)
    guard Int(status) == ZCAV_OK, let another = unsafe another else {
      throw .media(status, err, doing: "a frame")
    }
    return unsafe DecodedPicture(another, of: library)
  }
}
