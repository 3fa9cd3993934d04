import Synchronization
import ZCCore
import ZCGL

/// One generation of a context: its driver, and what lives and dies with it.
///
/// Re-initialising starts another. What is left of this one needs no deleting: its names end with
/// its GL context.
final class Life: Sendable {
  /// The context's ``GPUContext/serial``.
  let context: UInt64
  let generation: Generation
  let driver: any GLDriver
  /// What waits behind fences.
  let retirement = TurnBound(RetirementQueue<UInt, Remains>())
  /// How much waits there, for those who do not have the turn.
  let waitingCount = Atomic<Int>(0)
  /// What image and cube inputs show before they are set, once one has been drawn.
  let blanks = TurnBound<[TextureRecord.Descriptor: TextureRecord]>([:])
  /// What is drawn with beside scenes' own programs, once it was.
  let programs = TurnBound<[ProgramText: FixedProgram]>([:])
  /// What became of memory that others made.
  let ladder: Lock<ImportLadder>
  let imports = Lock(ImportCache<ImportedSurface>(capacity: GPUContext.importCapacity))
  /// The driver has run out of memory, and that has been told.
  let isShort = TurnBound(false)
  /// The longest side of a texture, in pixels.
  let maxTextureSize: Int32
  /// Read-back can reverse the rows by itself.
  let reversesRows: Bool

  /// Ends the GL context once the GPU is done, and only then lets go of what waited for the GPU.
  /// To be called in the turn, or by the last owner.
  /// - Returns: false where that must wait: a borrowed context lives and is not current here.
  func end() -> Bool {
    // One of our own: before it is so, since drivers fail here.
    if !driver.isBorrowed { Flight.record(.contextEnd, subject) }
    guard driver.destroyContext() else { return false }
    if driver.isBorrowed { Flight.record(.contextEnd, subject) }
    _ = retirement.value.dissolve()
    waitingCount.store(0, ordering: .relaxed)
    return true
  }

  init(_ generation: Generation, driver: any GLDriver, of context: UInt64) {
    self.context = context
    self.generation = generation
    self.driver = driver
    let capabilities = driver.capabilities
    ladder = Lock(ImportLadder(means: capabilities.importMeans))
    maxTextureSize = capabilities.maxTextureSize
    reversesRows = capabilities.packReverse != nil
  }
}

extension Life {
  var subject: FlightSubject { FlightSubject(context: context, generation) }
}
