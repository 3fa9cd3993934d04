import Glibc

/// File descriptors with one owner: closed when it is dropped, and not inherited by other programs.
package final class Descriptors: Sendable {
  package let numbers: [Int32]

  /// Takes over descriptors that are open.
  package init(adopting numbers: [Int32]) { self.numbers = numbers }

  /// Others of the same things, in the same order.
  /// - Throws: `dmabuf` where one is none, or the process has too many.
  package convenience init(duplicating numbers: [Int32]) throws(ZCError) {
    var copies: [Int32] = []
    for number in numbers {
      let copy = fcntl(number, F_DUPFD_CLOEXEC, 0)
      guard copy >= 0 else {
        let reason = unsafe strerror(errno).map { unsafe String(cString: $0) } ?? "\(errno)"
        for copy in copies { close(copy) }
        throw .dmabuf("descriptor \(number) cannot be duplicated: \(reason)")
      }
      copies.append(copy)
    }
    self.init(adopting: copies)
  }

  deinit { for number in numbers { close(number) } }
}
