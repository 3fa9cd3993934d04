/// One entry of a header's IMPORTED: a picture that comes with the shader.
package struct ImportDescription: Hashable, Sendable {
  package var name: String
  /// As the header writes them, relative to the shader's file: one, or the six faces of a cube in
  /// GL's order (right, left, top, bottom, front, back).
  package var paths: [String]
  package var isCube: Bool
  /// Line of the declaration in the file, for messages.
  package var line: Int

  package init(name: String, paths: [String], isCube: Bool = false, line: Int = 0) {
    self.name = name
    self.paths = paths
    self.isCube = isCube
    self.line = line
  }
}
