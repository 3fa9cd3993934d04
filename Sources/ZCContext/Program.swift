package import ZCCore

/// A linked GL program with one owner. Dropping it never calls GL.
package struct Program: ~Copyable, Sendable {
  package let name: UInt32
  package let generation: Generation
  private let graveyard: Graveyard

  /// Takes over a program that the driver just built.
  package init(adopting name: UInt32, in context: GPUContext, _ current: borrowing Current) {
    self.name = name
    generation = current.generation
    graveyard = context.graveyard
  }

  deinit { graveyard.bury(.program(name), from: generation) }
}
