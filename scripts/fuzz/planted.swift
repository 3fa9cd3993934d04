// A mistake that the fuzzer must find: it begins with nothing, and needs the table of words and the
// engine's own counters to get at a function of two arguments.
@testable import ZCISF

@c public func LLVMFuzzerTestOneInput(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  // libFuzzer lends `count` bytes for the length of this call.
  let bytes = unsafe Array(UnsafeBufferPointer(start: data, count: count))
  if (try? SizeExpression(parsing: String(decoding: bytes, as: UTF8.self))) != nil {
    precondition(!bytes.contains(UInt8(ascii: ",")), "planted")
  }
  return 0
}
