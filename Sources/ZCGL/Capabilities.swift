/// What a context's driver is and what it can do. Plain data, read once when it is made.
package struct Capabilities: Sendable {
  package var version: ContextVersion
  package var vendor = ""
  package var renderer = ""
  package var versionText = ""
  package var glslVersion = ""
  package var eglVersion = ""
  package var eglVendor = ""
  package var display = ""
  /// The render node of the GPU, for other libraries to open; nil where there is none.
  package var renderNode: String?
  package var glExtensions: Set<String> = []
  package var eglExtensions: Set<String> = []
  /// The longest side of a texture, in pixels.
  package var maxTextureSize: Int32 = 2048
  /// How many textures a shader may read.
  package var maxTextureUnits: Int32 = 16
  /// The context is a host's.
  package var isBorrowed = false
  /// The context answers resets instead of crashing.
  package var isRobust = false
  /// Reading back can reverse the rows, under this GL_PACK name.
  package var packReverse: UInt32?
  /// Float textures can be drawn into.
  package var hasFloatTargets = true
  /// Textures can have components of 16 bits, and be drawn into.
  package var hasNorm16 = true
  /// Float textures can be sampled with linear filtering.
  package var hasFloatLinear = true

  package init(version: ContextVersion) { self.version = version }

  /// The renderer is a CPU rasteriser.
  package var isSoftware: Bool {
    ["llvmpipe", "softpipe", "SwiftShader", "swrast"].contains { renderer.contains($0) }
  }
}
