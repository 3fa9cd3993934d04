import Testing
import ZCCore
import ZCGL

@Suite("Capabilities")
struct CapabilitiesTests {
  private func capabilities(isES: Bool = false) -> Capabilities {
    Capabilities(version: ContextVersion(isES: isES, major: 3, minor: 2))
  }

  @Test(
    "a CPU rasteriser is known by its name",
    arguments: [
      ("llvmpipe (LLVM 15.0.6, 256 bits)", true), ("softpipe", true),
      ("ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device))", true), ("", false),
      ("NVIDIA H200/PCIe/SSE2", false), ("AMD Radeon RX 7600", false),
    ])
  func software(renderer: String, isSoftware: Bool) {
    var capabilities = capabilities()
    capabilities.renderer = renderer
    #expect(capabilities.isSoftware == isSoftware)
  }

  @Test("the report names dialect, version and limits")
  func report() {
    var capabilities = capabilities(isES: true)
    capabilities.vendor = "Some \"Vendor\""
    capabilities.maxTextureSize = 8192
    let text = capabilities.report.text
    #expect(text.contains(#""dialect": "es", "version": "OpenGL ES 3.2""#))
    #expect(text.contains(#""vendor": "Some \"Vendor\"""#))
    #expect(text.contains(#""max_size": 8192, "max_images": 16"#))
    #expect(self.capabilities().report.text.contains(#""dialect": "gl""#))
  }

  @Test("the report says of each feature whether it is there, and why not")
  func features() {
    var capabilities = capabilities()
    capabilities.isRobust = true
    capabilities.hasFloatTargets = false
    capabilities.eglExtensions = ["EGL_EXT_image_dma_buf_import", "EGL_KHR_image_base"]
    capabilities.glExtensions = ["GL_EXT_EGL_image_storage"]
    let text = capabilities.report.text
    #expect(text.contains(#""robust context": {"available": true}"#))
    #expect(
      text.contains(
        #""float buffers": {"available": false, "why": "GL_EXT_color_buffer_float is missing"}"#))
    #expect(text.contains(#""DMA-BUF import": {"available": true}"#))
    #expect(text.contains(#""native fences": {"available": false, "why": "#))
    #expect(text.contains("needs EGL_ANDROID_native_fence_sync, which this driver"))
    #expect(text.contains(#""reading rows top first": {"available": false"#))
    capabilities.packReverse = 0x93A4
    #expect(capabilities.report.text.contains(#""reading rows top first": {"available": true}"#))
  }
}
