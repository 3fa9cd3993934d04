/// Reading without a trap.
extension Array {
  /// The element at `index`, or nil where there is none.
  subscript(safe index: Int) -> Element? {
    index >= 0 && index < count ? self[index] : nil
  }
}
