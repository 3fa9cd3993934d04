import CGLES
import Glibc
package import ZCCore

extension DescriptorFacts {
  /// Nil where no such descriptor is open.
  package init?(of descriptor: Int32) {
    var status = stat()
    guard descriptor >= 0, unsafe fstat(descriptor, &status) == 0 else { return nil }
    var system = statfs()
    let kind =
      unsafe fstatfs(descriptor, &system) == 0 ? UInt32(truncatingIfNeeded: system.f_type) : 0
    let mayBeDmabuf = kind == Self.dmabuf || kind == Self.anonymous
    // Older kernels keep a DMA-BUF's size from stat. Of other files this would move the place.
    let size =
      status.st_size > 0 || !mayBeDmabuf
      ? Int64(status.st_size) : max(0, Int64(lseek(descriptor, 0, SEEK_END)))
    self.init(size: size, mayBeDmabuf: mayBeDmabuf, inode: UInt64(status.st_ino))
  }

  /// DMA_BUF_MAGIC and ANON_INODE_FS_MAGIC of the kernel's magic.h.
  private static let dmabuf: UInt32 = 0x444D_4142
  private static let anonymous: UInt32 = 0x0904_1934
}
