/// What the system says of an open file descriptor.
package struct DescriptorFacts: Hashable, Sendable {
  /// Bytes; 0 where the system does not say.
  package let size: Int64
  /// It is a DMA-BUF, or of a kernel that does not tell.
  package let mayBeDmabuf: Bool
  package let inode: UInt64

  package init(size: Int64, mayBeDmabuf: Bool, inode: UInt64) {
    self.size = size
    self.mayBeDmabuf = mayBeDmabuf
    self.inode = inode
  }

  /// Bytes that are there for certain, where an exporter states `stated` (0: nothing).
  func holding(stated: UInt64) -> Int64 {
    guard stated > 0 else { return size }
    return size > 0 ? min(size, Int64(clamping: stated)) : Int64(clamping: stated)
  }
}
