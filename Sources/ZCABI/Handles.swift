import CFlight
import CZCGPU
import Glibc
import ZCAudio
import ZCContext
import ZCCore
import ZCGL
import ZCRender
import ZCVideo

/// Everything that C reaches by handle, one table a kind.
enum Handles {
  static let texts = Registry<Text>(of: "text")
  static let contexts = Registry<GPUContext>(of: "context")
  static let references = Registry<ContextReference>(of: "reference")
  static let scenes = Registry<Scene>(of: "scene")
  static let frames = Registry<Frame>(of: "frame")
  static let mappings = Registry<FrameView>(of: "mapping")
  static let leases = Registry<Leased>(of: "lease")
  static let pools = Registry<Pool>(of: "pool")
  static let audios = Registry<Audio>(of: "sound")
  static let renderers = Registry<Renderer>(of: "renderer")
  static let decoders = Registry<PacketDecoder>(of: "decoder")
  static let pipelines = Registry<Pipeline>(of: "pipeline")
  static let videos = Registry<Video>(of: "video")
  static let videoFrames = Registry<VideoFrame>(of: "video frame")
  static let planes = Registry<PlaneView>(of: "plane")
  static let dmabufs = Registry<Dmabuf>(of: "DMA-BUF")

  private static let all: [any AnyRegistry] = [
    texts, contexts, references, scenes, frames, mappings, leases, pools, audios,
    renderers, decoders, pipelines, videos, videoFrames, planes, dmabufs,
  ]

  /// How many handles have a note.
  static var noteCount: Int { all.reduce(0) { $0 + $1.noteCount } }

  static func forgetNotes() {
    for table in all { table.forgetNotes() }
  }

  /// From now on no fork finds a table in another thread's hands, or another thread at work.
  static let watchForks: Void = {
    _ = all  // not made while the process forks
    _ = ForkEpoch.current
    OpenedDisplays.watchForks
    // What is registered last is called first: the others find nobody at work.
    pthread_atfork(
      {
        _ = zcf_stop_work()  // a thread that reads from a slow network holds no fork up
        for table in Handles.all { table.holdForFork() }
      },
      {
        for table in Handles.all { table.letGoAfterFork() }
        zcf_resume_work()
      },
      {
        for table in Handles.all { table.letGoAfterFork() }
        zcf_forget_work()
      })
  }()
}

/// A registry of any kind. A child of a fork must find it unlocked, and whole.
private protocol AnyRegistry: Sendable {
  var noteCount: Int { get }
  func forgetNotes()
  func holdForFork()
  func letGoAfterFork()
}

/// The objects of one kind that C reaches, behind a lock.
final class Registry<Object: AnyObject & Sendable>: Sendable {
  private struct Table: Sendable {
    var handles = HandleTable<Object>()
    /// Where handles were acquired, by their bits, as far as anybody said.
    var notes: [UInt64: String] = [:]
  }

  let noun: String
  private let table = Lock(Table())

  init(of noun: String) { self.noun = noun }

  /// How many objects are reachable.
  var count: UInt32 { UInt32(clamping: table.withLock { $0.handles.count }) }

  /// Every object that is reachable, with its handle and its note.
  var all: [(bits: UInt64, object: Object, note: String?)] {
    table.withLock { table in
      table.handles.all.map { ($0.handle.bits, $0.object, table.notes[$0.handle.bits]) }
    }
  }

  /// The object of a handle.
  func object(_ bits: UInt64) throws(ZCError) -> Object {
    guard let object = table.withLock({ $0.handles.object(Handle(bits: bits)) }) else {
      throw stale
    }
    return object
  }

  /// A new handle's bits.
  func insert(_ object: Object) throws(ZCError) -> UInt64 {
    guard let handle = table.withLock({ $0.handles.insert(object) }) else {
      throw .outOfMemory("no \(noun) handle is left in this process")
    }
    return handle.bits
  }

  /// Ends a handle, and its note with it. Its object is dropped outside the lock. Zero names
  /// nothing and is fine.
  func remove(_ bits: inout UInt64) throws(ZCError) {
    guard bits != 0 else { return }
    let handle = Handle(bits: bits)
    let object = table.withLock { table in
      if !table.notes.isEmpty { table.notes[handle.bits] = nil }
      return table.handles.remove(handle)
    }
    guard let object else { throw stale }
    _ = consume object
    bits = 0
  }

  /// Keeps a note with a handle, as long as the handle lives.
  func note(_ text: String, with bits: UInt64) throws(ZCError) {
    let isLive = table.withLock { table in
      guard table.handles.object(Handle(bits: bits)) != nil else { return false }
      table.notes[bits] = text
      return true
    }
    guard isLive else { throw stale }
  }

  var noteCount: Int { table.withLock { $0.notes.count } }

  func forgetNotes() { table.withLock { $0.notes = [:] } }

  private var stale: ZCError { .staleHandle("this \(noun) handle names nothing that lives") }
}

extension Registry: AnyRegistry {
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
