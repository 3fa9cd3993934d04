public import CZCGPU
import ZCCore

@c @implementation
public func zcg_flight_start(
  _ path: UnsafePointer<CChar>?, _ length: Int, _ events: Int64,
  _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let path = try unsafe path.required("path")
    // The caller says that `length` bytes lie there.
    let bytes = unsafe UnsafeRawBufferPointer(start: path, count: max(length, 0))
    guard let path = unsafe String(validating: bytes, as: UTF8.self) else {
      throw .invalidArgument("the path of a flight recording is not UTF-8")
    }
    try FlightRecorder.start(
      path, events: events == 0 ? FlightRecorder.defaultEvents : Int(clamping: events))
  }
}

@c @implementation
public func zcg_flight_stop(_ err: UnsafeMutablePointer<zcg_error>?) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in FlightRecorder.stop() }
}

@c @implementation
public func zcg_flight_get_path(
  _ path: UnsafeMutablePointer<zcg_text>?, _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let path = try unsafe path.required("path")
    unsafe path.pointee = try Text.handle(FlightRecorder.path ?? "")
  }
}
