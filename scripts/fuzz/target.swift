// What libFuzzer calls with each input.

@c public func LLVMFuzzerTestOneInput(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  // libFuzzer lends `count` bytes for the length of this call.
  let bytes = unsafe Array(UnsafeBufferPointer(start: data, count: count))
  let broken = TextProperties(of: bytes).broken
  if !broken.isEmpty { fatalError("does not hold: \(broken)") }
  return 0
}
