/// What EGL has current on a thread: plain words to put back, never looked into.
package struct ThreadBinding: Hashable, Sendable {
  package var display: UInt = 0
  package var draw: UInt = 0
  package var read: UInt = 0
  package var context: UInt = 0

  package init() {}

  /// Why a context is no more that EGL knows no longer, or knows as another.
  package static let terminated =
    "another part of this program has terminated its EGL display, and all contexts with it"

  /// Nothing is current.
  package static let none = ThreadBinding()
}
