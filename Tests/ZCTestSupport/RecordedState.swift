import ZCCore
package import ZCGL

/// What a ``RecordingGL`` knows: the objects there are, what is bound, and what was called.
package struct RecordedState: Sendable {
  /// A texture that lives.
  struct Surface: Sendable {
    let extent: Extent
    let format: PixelFormat
    var picture = Picture.undefined
    /// Creating it failed: no framebuffer can draw into it.
    var hasMemory = true
  }

  /// A program that lives.
  struct Linked: Sendable {
    /// Type and name of each uniform; its index is the location.
    let uniforms: [(type: String, name: String)]
    var values: [Int32: UniformValue] = [:]
  }

  /// How textures fail.
  package enum Fault: Sendable {
    /// The driver sets an error, and the framebuffer is incomplete.
    case outOfMemory
    /// The driver sets an error, and calls the framebuffer complete all the same.
    case errorAlone
    /// The framebuffer is incomplete, without an error.
    case incomplete
  }

  /// A stage that refuses what it is given, with this log.
  package enum Refusal: Sendable {
    case vertex(String)
    case fragment(String)
    case link(String)
  }

  package var calls: [GLCall] = []
  package var draws: [Draw] = []
  package var objections: [String] = []
  package var pendingErrors: [UInt32] = []
  /// Why the context is lost.
  package var loss: String?
  package var fault: Fault?
  /// How many textures are made before `fault` strikes.
  package var texturesBeforeFault = 0
  package var refusal: Refusal?
  /// The error that the next draw leaves.
  package var drawError: UInt32?
  /// How many draws go well before that one.
  package var drawsBeforeError = 0
  /// Names that programs declare and do not use.
  package var unusedUniforms: Set<String> = []
  /// Fences stay pending until they are signalled.
  package var holdsFences = false
  /// Waiting for a fence is in vain.
  package var isHung = false
  package var signaled: Set<UInt> = []
  /// Fences of which the driver cannot say anything.
  package var failedFences: Set<UInt> = []

  /// The driver that takes this one's place: the host has replaced its context.
  package var replacement: RecordingGL?
  /// What the host of a borrowed context left pending.
  package var hostErrors: [UInt32] = []
  /// Another context lies at this one's address.
  package var isAnother = false
  /// How often the state was put back to initial values, or to what drawing relies on.
  package var resets = 0

  package var isEnded = false
  /// Called when a turn in the host's context begins.
  package var onVisit: (@Sendable () -> Void)?
  /// The host's state is kept, and ours is set.
  var isStateKept = false
  /// A lost context reports an error for as long as it is asked; some drivers do.
  var errorsSinceLoss = 0
  /// A thread that runs finalisers only.
  var finalisingThread: UInt?
  var lastName: UInt32 = 0
  var issued: Set<UInt32> = []
  var textures: [UInt32: Surface] = [:]
  var framebuffers: [UInt32: UInt32] = [:]
  var programs: [UInt32: Linked] = [:]
  var lastFence: UInt = 0
  var fences: Set<UInt> = []
  var units: [Int32: UInt32] = [:]
  var cubeUnits: [Int32: UInt32] = [:]
  /// The side that a cube's framebuffer draws into.
  var faces: [UInt32: Int] = [:]
  var externalUnits: [Int32: UInt32] = [:]
  /// Textures whose images the driver converts.
  var externals: Set<UInt32> = []
  var lastImage: UInt = 0
  var images: [UInt: Extent] = [:]
  var imageLayouts: [ImageLayout] = []
  var imageRefusal: (@Sendable (ImageLayout) -> ImageRefusal?)?
  var isExternalOnly = false
  var export: ExportedTexture?
  var fenceDescriptor: Int32?
  var activeUnit: Int32 = 0
  var framebuffer: UInt32 = 0
  var viewport: Extent?
  /// What a host has bound: a framebuffer of its own, or a reason why that cannot be drawn into.
  package var hostTarget = DrawTarget(
    framebuffer: 0, viewport: Viewport(x: 0, y: 0, width: 0, height: 0), limit: (4096, 4096),
    problem: "no framebuffer is bound")
  /// The parts of it that were drawn over.
  package var parts: [Viewport] = []
  var program: UInt32 = 0

  /// Names are never used twice, nor by two kinds: taking one for another shows.
  mutating func newName() -> UInt32 {
    lastName += 1
    issued.insert(lastName)
    return lastName
  }

  mutating func object(_ text: String) { objections.append(text) }

  /// Why deleting `name` is a mistake.
  func deletionMistake(_ kind: String, _ name: UInt32) -> String {
    issued.contains(name)
      ? "\(kind) \(name) was deleted twice, or is of another kind"
      : "\(kind) \(name) was deleted and never made"
  }
}
