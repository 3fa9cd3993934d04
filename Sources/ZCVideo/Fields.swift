/// What stands for a time that nobody knows: ZCAV_NO_TIME.
let noTime = Int64.min

/// The text in a field of characters that ends in NUL, or fills it.
func text<Field>(of field: Field) -> String {
  unsafe withUnsafeBytes(of: field) { bytes in
    unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
  }
}
