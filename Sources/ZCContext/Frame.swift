package import ZCCore
import ZCGL

/// A picture on the GPU: one hold on the lease of a texture.
///
/// Immutable. Thread-safety: any thread may call anything here.
package final class Frame: Sendable {
  package let context: GPUContext
  package let record: TextureRecord
  private let hold: Hold
  private let pixels: FramePixels
  /// Nil for a frame whose pixels stay as they are.
  private let source: FrameSource?

  private init(
    _ context: GPUContext, _ record: TextureRecord, _ hold: consuming Hold,
    _ pixels: FramePixels, _ source: FrameSource?
  ) {
    self.context = context
    self.record = record
    self.hold = hold
    self.pixels = pixels
    self.source = source
  }

  /// A frame that owns `texture`, which is in `context`. `isTopFirst`: it was filled from its top row
  /// on.
  package convenience init(
    _ texture: consuming Texture, in context: GPUContext, as role: Role = .presenter,
    isTopFirst: Bool = false
  ) {
    self.init(texture, in: context, as: role, isTopFirst: isTopFirst, from: nil)
  }

  /// It is drawn anew from `source`, if it has one, by whoever reads it.
  convenience init(
    _ texture: consuming Texture, in context: GPUContext, as role: Role = .presenter,
    isTopFirst: Bool = false, from source: FrameSource?
  ) {
    let record = isTopFirst ? texture.record.fromTheTop : texture.record
    let generation = texture.generation
    let (stock, entry) = (texture.stock, texture.entry)
    // The last hold drops the texture, which waits in the graveyard for the GPU.
    let subject = record.subject(in: context.serial, generation)
    let hold = Lease.open(LentTexture(texture), as: role, in: generation, of: subject)
    stock.lend(entry, to: hold.lease)
    self.init(context, record, hold, FramePixels(), source)
  }

  /// Uploads a picture.
  package convenience init(_ source: PixelSource, in context: GPUContext) throws(ZCError) {
    let pixels = try source.bottomUp()
    let texture = try context.withCurrent { (current) throws(ZCError) -> Texture in
      try context.upload(pixels, source.extent, source.format, current)
    }
    self.init(texture, in: context)
  }

  deinit {
    if !Guards.keep(.views) { pixels.known?.revoke() }
  }

  package var generation: Generation { hold.lease.generation }
  package var role: Role { hold.role }
  package var holders: Holders { Holders(lease: hold.lease, pixels: pixels) }
  package var origin: FrameOrigin {
    FrameOrigin(context: context.serial, generation: generation, record: record)
  }

  /// Another hold on the same texture.
  package func share(as role: Role) -> Frame {
    Frame(context, record, hold.duplicate(as: role), pixels, source)
  }

  /// A hold for a caller, in a role of the caller's choice.
  /// - Throws: `lease` for the role `gpu`; `staleGeneration` and its kin for a frame that cannot
  ///   be used.
  package func lease(as role: Role) throws(ZCError) -> Frame {
    try role.checkCallers()
    try context.check(generation)
    return share(as: role)
  }

  /// The work that is being recorded reads this frame: the role `gpu` holds it until the fence
  /// behind that work has signalled. A frame of another's memory is drawn anew for it, which may
  /// change what is bound and which program is in use.
  package func lendToGPU(_ current: borrowing Current) throws(ZCError) {
    try source?.draw(record, current)
    context.graveyard.bury(.hold(GPUHold(hold)), from: current.generation)
  }

  /// What shaders read, the bottom row first: a copy, made once, of a texture that was filled from
  /// its top row on. Making it binds textures.
  package func sampled(_ current: borrowing Current) throws(ZCError) -> TextureRecord {
    guard record.isTopFirst else { return record }
    if let known = pixels.upright { return known.record }
    let copy = try context.makeTexture(record.extent, record.format, current)
    current.gl.blitFramebuffer(
      from: record.framebuffer, record.extent, to: copy.record.framebuffer, record.extent,
      flipped: true)
    try current.check("turning a plane over")
    return pixels.keep(upright: Frame(copy, in: context)).record
  }

  /// Whether its context still lives in the generation that made it.
  package var isUsable: Bool {
    if case .live(let live) = context.phase { live == generation } else { false }
  }

  package func read(into destination: Destination) throws(ZCError) {
    try context.check(generation)
    try context.withCurrent { (current) throws(ZCError) in
      guard generation.isUsable(in: current.generation) else {
        throw .staleGeneration(held: generation, current: current.generation)
      }
      try source?.draw(record, current)
      try context.read(record, into: destination, current)
    }
  }

  /// The frame's pixels in memory, read back on first use and kept for all who hold the frame.
  package func mapped() throws(ZCError) -> HostPixels {
    if let known = pixels.known { return known }
    let fresh = try HostPixels(count: record.bytes)
    try read(
      into: unsafe Destination(
        fresh.bytes, rowStride: nil, extent: record.picture, format: record.format))
    return pixels.keep(fresh)
  }

  /// A look at the frame's pixels, which outlives the frame.
  package func view() throws(ZCError) -> FrameView {
    FrameView(of: try mapped(), from: pixels, origin: origin)
  }
}

/// What the lease of a frame owns.
private final class LentTexture: Sendable {
  private let texture: Texture

  init(_ texture: consuming Texture) { self.texture = texture }
}

/// Who holds a frame. Keeps nothing: who has let go may still ask.
package struct Holders: Sendable {
  fileprivate let lease: Lease
  fileprivate let pixels: FramePixels

  /// How many holds each role has.
  package var roles: RoleLedger { lease.roles }
  /// How many views look at the pixels; a view outlives the holds.
  package var viewCount: Int { pixels.viewCount }
}
