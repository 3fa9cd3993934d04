package import ZCCore

extension GPUContext {
  /// Tells whoever listens what is about to happen to a texture of this context.
  package func record(
    _ event: FlightEvent, _ texture: TextureRecord, _ current: borrowing Current
  ) {
    Flight.record(
      event, context: serial, current.generation, object: UInt64(texture.name), texture.extent,
      bytes: texture.bytes)
  }
}
