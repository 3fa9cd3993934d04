import CZCGPU
import ZCContext
import ZCCore
import ZCRender

/// Everything that C reaches by handle, one table a kind.
enum Handles {
  static let texts = Lock(HandleTable<Text>(of: "text"))
  static let contexts = Lock(HandleTable<GPUContext>(of: "context"))
  static let scenes = Lock(HandleTable<Scene>(of: "scene"))
  static let frames = Lock(HandleTable<Frame>(of: "frame"))
  static let mappings = Lock(HandleTable<HostPixels>(of: "mapping"))
}

extension Lock {
  /// The object of a handle.
  func object<Object>(_ bits: UInt64) throws(ZCError) -> Object
  where Value == HandleTable<Object> {
    try withLock { (table) throws(ZCError) in try table.object(Handle(bits: bits)) }
  }

  /// A new handle's bits.
  func insert<Object>(_ object: Object) throws(ZCError) -> UInt64
  where Value == HandleTable<Object> {
    try withLock { (table) throws(ZCError) in try table.insert(object).bits }
  }

  /// Ends a handle. Its object is dropped outside the lock. Zero names nothing and is fine.
  func remove<Object>(_ bits: inout UInt64) throws(ZCError) where Value == HandleTable<Object> {
    guard bits != 0 else { return }
    let handle = Handle(bits: bits)
    let object = try withLock { (table) throws(ZCError) in try table.remove(handle) }
    _ = consume object
    bits = 0
  }
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
