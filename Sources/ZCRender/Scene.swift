package import ZCContext
package import ZCCore
import ZCGL
package import ZCISF

/// An ISF shader in a context, with the values of its inputs and the buffers of its passes.
///
/// Thread-safety: any thread may call anything here. Setting an input waits for the scene's own
/// short lock only, never for a frame that is being drawn.
package final class Scene: Sendable {
  package let context: GPUContext
  package let description: ShaderDescription
  let parsed: ParsedShader
  let values: Lock<[InputValue]>
  /// One for each of the description's imports; nil until it is given.
  let imports: Lock<[ImportedPicture?]>
  /// Touched in the context's turn only.
  let drawing: Lock<SceneDrawing>
  /// The inputs that are events.
  let events: [Int]
  /// One for each of the description's targets, in order.
  let targetUses: [TargetUse]
  let targetIndices: [String: Int]
  private let slots: [InputSlot]
  private let indices: [String: Int]

  /// Parses, translates and compiles.
  package init(_ source: ShaderSource, in context: GPUContext) throws(ZCError) {
    let parsed = try ParsedShader(parsing: source)
    let description = parsed.description
    let drawing = try context.withCurrent { (current) throws(ZCError) -> SceneDrawing in
      try SceneDrawing(parsed, in: context, current)
    }
    self.context = context
    self.description = description
    self.parsed = parsed
    self.drawing = Lock(drawing, rank: .drawing)
    imports = Lock(description.imports.map { _ in nil }, rank: .values)
    values = Lock(description.inputs.map(\.initialValue), rank: .values)
    events = description.inputs.indices.filter { description.inputs[safe: $0]?.kind == .event }
    targetUses = TargetUse.all(in: description)
    targetIndices = Self.positions(of: description.targets)
    slots = description.inputs.map { InputSlot($0) }
    indices = Self.positions(of: description.inputs.map(\.name))
  }

  private static func positions(of names: [String]) -> [String: Int] {
    Dictionary(names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The index of an input, nil where there is none of that name.
  func index(named name: String) -> Int? { indices[name] }

  /// - Throws: `unknownInput`, naming those there are.
  package func index(ofInput name: String) throws(ZCError) -> Int {
    guard let index = indices[name] else {
      guard Guards.keep(.inputs) else { return indices.count }
      throw .unknownInput(description.unknownInput(name))
    }
    return index
  }

  /// - Throws: `unknownInput` beyond the last.
  package func input(_ index: Int) throws(ZCError) -> InputDescription {
    guard let input = description.inputs[safe: index] else {
      throw .unknownInput("this shader has \(description.inputs.count) inputs, counted from 0")
    }
    return input
  }

  /// Sets an input until it is set again.
  package func set(_ index: Int, to offered: OfferedValue) throws(ZCError) {
    guard slots.indices.contains(index) else {
      if Guards.keep(.inputs) { _ = try input(index) }
      return
    }
    if case .real(let number) = offered, let bounds = slots[index].bounds, bounds.contains(number) {
      values.withLock { $0[index] = .float(number) }
      return
    }
    let value = try slots[index].declaration.accept(offered, in: context)
    // What was there is dropped after the lock.
    let old = values.withLock { values in
      let old = values[index]
      values[index] = value
      return old
    }
    _ = consume old
  }

  package func value(_ index: Int) throws(ZCError) -> InputValue {
    _ = try input(index)
    return values.withLock { $0[index] }
  }
}

extension Dialect {
  init(_ capabilities: Capabilities) {
    let version = capabilities.version
    if version.isES {
      self.init(
        version: "3\(min(version.minor, 2))0 es", isES: true,
        hasImplicitConversions: capabilities.glExtensions.contains(
          "GL_EXT_shader_implicit_conversions"))
    } else {
      self = (version.major, version.minor) >= (4, 5) ? .gl450 : .gl330
    }
  }
}
