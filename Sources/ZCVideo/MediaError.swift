import CAV
import ZCCore

extension ZCError {
  /// What FFmpeg refused, in the words of `err`.
  static func media(_ status: zcav_status, _ err: zcav_error, doing what: String) -> ZCError {
    let reason = err.words
    switch Int(status) {
    case ZCAV_NO_MEMORY: return .outOfMemory("\(what): \(reason)")
    case ZCAV_EXHAUSTED: return .poolExhausted("\(what): \(reason)")
    default: return .media("\(what): \(reason)")
    }
  }

  /// The same, where it is the file's fault, after which reading may go on.
  /// - Throws: what is not the file's fault.
  func ofFile() throws(ZCError) -> ZCError {
    guard case .media = self else { throw self }
    return self
  }

  /// The same, of a device that was to decode.
  func by(_ device: String) -> ZCError {
    .media("backend=\"vaapi\" cannot be had on \(device): \(description)")
  }

  /// The same, and where in the file it was.
  func at(_ place: String) -> ZCError {
    guard case .media(let text) = self else { return self }
    return .media("\(text) (\(place))")
  }
}

extension zcav_error {
  /// Its text.
  var words: String { ZCVideo.text(of: text) }
}
