/// What EGL has current on a thread: plain words to put back, never looked into.
package struct ThreadBinding: Hashable, Sendable {
  package var display: UInt = 0
  package var draw: UInt = 0
  package var read: UInt = 0
  package var context: UInt = 0

  package init() {}

  /// Nothing is current.
  package static let none = ThreadBinding()
}
