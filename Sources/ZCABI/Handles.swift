import CZCGPU
import Glibc
import ZCContext
import ZCCore
import ZCRender

/// Everything that C reaches by handle, one table a kind.
enum Handles {
  static let texts = Registry<Text>(of: "text")
  static let contexts = Registry<GPUContext>(of: "context")
  static let references = Registry<ContextReference>(of: "reference")
  static let scenes = Registry<Scene>(of: "scene")
  static let frames = Registry<Frame>(of: "frame")
  static let mappings = Registry<FrameView>(of: "mapping")
  /// A lease is a frame in a role of the caller's choice, in a table of its own.
  static let leases = Registry<Frame>(of: "lease")
  static let pools = Registry<Pool>(of: "pool")

  private static let all: [any HeldForFork] = [
    texts, contexts, references, scenes, frames, mappings, leases, pools,
  ]

  /// From now on no fork finds a table in another thread's hands.
  static let watchForks: Void = {
    pthread_atfork(
      { for table in Handles.all { table.holdForFork() } },
      { for table in Handles.all { table.letGoAfterFork() } },
      { for table in Handles.all { table.letGoAfterFork() } })
  }()
}

/// What a child of a fork must find unlocked, and whole.
private protocol HeldForFork: Sendable {
  func holdForFork()
  func letGoAfterFork()
}

/// The objects of one kind that C reaches, behind a lock.
final class Registry<Object: AnyObject & Sendable>: Sendable {
  private let noun: String
  private let table = Lock(HandleTable<Object>())

  init(of noun: String) { self.noun = noun }

  /// How many objects are reachable.
  var count: UInt32 { UInt32(clamping: table.withLock { $0.count }) }

  /// The object of a handle.
  func object(_ bits: UInt64) throws(ZCError) -> Object {
    guard let object = table.withLock({ $0.object(Handle(bits: bits)) }) else { throw stale }
    return object
  }

  /// A new handle's bits.
  func insert(_ object: Object) throws(ZCError) -> UInt64 {
    guard let handle = table.withLock({ $0.insert(object) }) else {
      throw .outOfMemory("no \(noun) handle is left in this process")
    }
    return handle.bits
  }

  /// Ends a handle. Its object is dropped outside the lock. Zero names nothing and is fine.
  func remove(_ bits: inout UInt64) throws(ZCError) {
    guard bits != 0 else { return }
    let handle = Handle(bits: bits)
    guard let object = table.withLock({ $0.remove(handle) }) else { throw stale }
    _ = consume object
    bits = 0
  }

  private var stale: ZCError { .staleHandle("this \(noun) handle names nothing that lives") }
}

extension Registry: HeldForFork {
  fileprivate func holdForFork() { table.holdForFork() }
  fileprivate func letGoAfterFork() { table.letGoAfterFork() }
}

extension Optional where Wrapped: ~Copyable {
  /// - Throws: `invalidArgument` for a NULL where C must give a pointer.
  func required<Pointee>(_ name: String) throws(ZCError) -> UnsafeMutablePointer<Pointee>
  where Wrapped == UnsafeMutablePointer<Pointee> {
    guard let pointer = self else { throw .invalidArgument("\(name) is NULL") }
    return unsafe pointer
  }

  /// - Throws: `invalidArgument` for a NULL where C must give a pointer.
  func required<Pointee>(_ name: String) throws(ZCError) -> UnsafePointer<Pointee>
  where Wrapped == UnsafePointer<Pointee> {
    guard let pointer = self else { throw .invalidArgument("\(name) is NULL") }
    return unsafe pointer
  }
}

/// - Throws: `invalidArgument` for a parameter block of another version of the header.
func checkSize<Block>(_ size: UInt32, of type: Block.Type) throws(ZCError) {
  guard Int(size) == MemoryLayout<Block>.size else {
    throw .invalidArgument(
      "struct_size is \(size); \(Block.self) has \(MemoryLayout<Block>.size) bytes in ABI version "
        + "\(ZCG_ABI_VERSION)")
  }
}
