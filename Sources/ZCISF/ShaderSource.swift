/// The author's files, as read: nothing decoded or changed.
package struct ShaderSource: Sendable {
  package var fragment: [UInt8]
  /// The fragment file's path as the caller gave it; nil for source text.
  package var fragmentPath: String?
  /// The author's vertex shader, where there is one.
  package var vertex: [UInt8]?
  package var vertexPath: String?

  package init(
    fragment: [UInt8], fragmentPath: String? = nil, vertex: [UInt8]? = nil,
    vertexPath: String? = nil
  ) {
    self.fragment = fragment
    self.fragmentPath = fragmentPath
    self.vertex = vertex
    self.vertexPath = vertexPath
  }
}
