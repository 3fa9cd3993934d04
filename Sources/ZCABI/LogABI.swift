public import CZCGPU
import ZCCore

@c @implementation
public func zcg_log_has_lines() -> Int32 { Log.hasLines ? 1 : 0 }

@c @implementation
public func zcg_log_take(
  _ level: UnsafeMutablePointer<Int32>?, _ line: UnsafeMutablePointer<zcg_text>?,
  _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let level = try unsafe level.required("level")
    let line = try unsafe line.required("line")
    guard let taken = Log.shared.take() else {
      unsafe line.pointee.bits = 0
      return
    }
    unsafe line.pointee = try Text.handle(taken.text)
    unsafe level.pointee = taken.level.rawValue
  }
}
