/// What an ISF header says: inputs in order, passes in order, and the words around them.
package struct ShaderDescription: Hashable, Sendable {
  /// What the shader is for, known by its inputs.
  package enum Kind: String, Hashable, Sendable {
    /// No `inputImage`: makes pictures from nothing.
    case generator
    /// Has an image input `inputImage`.
    case filter
    /// Has image inputs `startImage` and `endImage` and a float `progress`.
    case transition
  }

  package var name: String
  package var description: String?
  package var credit: String?
  package var isfVersion: String?
  package var version: String?
  package var categories: [String]
  package var keywords: [String]
  package var inputs: [InputDescription]
  /// The pictures that come with the shader.
  package var imports: [ImportDescription]
  /// Never empty: a header without PASSES has one pass to the output.
  package var passes: [PassDescription]
  /// Persistent buffers that no pass draws into: they stay transparent black.
  package var undrawn: [PassDescription]

  package init(
    name: String, description: String? = nil, credit: String? = nil, isfVersion: String? = nil,
    version: String? = nil, categories: [String] = [], keywords: [String] = [],
    inputs: [InputDescription] = [], imports: [ImportDescription] = [],
    passes: [PassDescription] = [PassDescription()], undrawn: [PassDescription] = []
  ) {
    self.name = name
    self.description = description
    self.credit = credit
    self.isfVersion = isfVersion
    self.version = version
    self.categories = categories
    self.keywords = keywords
    self.inputs = inputs
    self.imports = imports
    self.passes = passes
    self.undrawn = undrawn
  }

  package var kind: Kind {
    func hasImage(_ name: String) -> Bool {
      inputs.contains { $0.name == name && $0.kind == .image }
    }
    let hasProgress = inputs.contains { input in
      guard input.name == "progress", case .float = input.kind else { return false }
      return true
    }
    if hasImage("startImage"), hasImage("endImage"), hasProgress { return .transition }
    return hasImage("inputImage") ? .filter : .generator
  }

  /// The names of all textures the shader sees, with their samplers' types.
  var samplers: [(name: String, type: String)] {
    inputs.compactMap { input in
      switch input.kind {
      case .image, .audio, .audioFFT: (input.name, "sampler2D")
      case .cube: (input.name, "samplerCube")
      default: nil
      }
    } + imports.map { ($0.name, $0.isCube ? "samplerCube" : "sampler2D") }
      + targets.map { ($0, "sampler2D") }
  }

  /// The names of all buffers: those that passes draw into, in order of first use, and the rest.
  package var targets: [String] {
    var seen: Set<String> = []
    return (passes + undrawn).compactMap(\.target).filter { seen.insert($0).inserted }
  }
}
