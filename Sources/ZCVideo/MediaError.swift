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
}

extension zcav_error {
  /// Its text.
  var words: String {
    unsafe withUnsafeBytes(of: text) { bytes in
      unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
  }
}
