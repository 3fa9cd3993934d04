import Glibc
package import ZCCore

/// Pixels in the process's own memory: packed, row 0 on top. Reused when dropped, since fresh
/// pages cost half of a frame.
@safe package final class HostPixels: @unchecked Sendable {  // written once, before it is shared
  package let bytes: UnsafeMutableRawBufferPointer

  private static let idle = Lock(IdlePool<Int, UInt>(budget: 64 << 20))
  /// From this size on a block is aligned to, and asked to be of, huge pages.
  private static let hugePage = 2 << 20

  /// - Throws: `outOfMemory`.
  package init(count: Int) throws(ZCError) {
    if let address = Self.idle.withLock({ $0.take(count) }) {
      // The address of a block of exactly this size, which its last owner gave up.
      let start = unsafe UnsafeMutableRawPointer(bitPattern: address)
      unsafe bytes = UnsafeMutableRawBufferPointer(start: start, count: count)
      return
    }
    let isHuge = count >= Self.hugePage
    // What is to be revoked lies on pages of its own.
    let alignment = isHuge ? Self.hugePage : Guards.keep(.views) ? 64 : Self.page
    let length = Guards.keep(.views) ? max(count, 1) : Self.pages(count)
    var block: UnsafeMutableRawPointer?
    guard unsafe posix_memalign(&block, alignment, length) == 0,
      let block = unsafe block
    else { throw .outOfMemory("no memory for \(count) bytes of pixels") }
    if isHuge { unsafe madvise(block, count, MADV_HUGEPAGE) }
    unsafe bytes = UnsafeMutableRawBufferPointer(start: block, count: count)
  }

  /// Takes the memory from under whoever still looks at it: what the ancestors did when a buffer's
  /// owner went. Only a build without the guard `views` calls this.
  func revoke() {
    unsafe mprotect(bytes.baseAddress, Self.pages(bytes.count), PROT_NONE)
  }

  private static let page = 4096

  private static func pages(_ count: Int) -> Int { (max(count, 1) + page - 1) / page * page }

  deinit {
    guard Guards.keep(.views) else { return }
    let address = unsafe UInt(bitPattern: bytes.baseAddress)
    let count = unsafe bytes.count
    let evicted = Self.idle.withLock { $0.give(address, as: count, bytes: max(count, 1)) }
    for address in evicted {
      // Every address in the pool came from posix_memalign above and has no owner.
      unsafe free(UnsafeMutableRawPointer(bitPattern: address))
    }
  }
}
