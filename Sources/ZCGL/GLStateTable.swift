import CGLES

/// All the state that our drawing relies on or changes, in the order in which it is set; it is
/// put back in the opposite order. Texture units come besides: those that are used.
///
/// Depth, stencil, samples and sRGB matter to a picture that is drawn into the host's framebuffer.
/// Not in it, since drawing without attributes or indices neither touches nor heeds it: other
/// buffers, attributes (the vertex array's), primitive restart.
enum GLStateTable {
  /// The rows that a context has. `viewports` is how many of them it has.
  static func rows(for features: GLFeatures, viewports: Int32, packReverse: UInt32?)
    -> [GLStateRow]
  {
    var rows = bindings + toggles + pixels + values
    if let packReverse { rows.append(passing(.pixelStore(packReverse), initial: .zero)) }
    let count = UInt32(clamping: min(viewports, 32))
    rows.append(row(.scissorTests(count), ours: 0, initial: 0, .viewports))
    for index in 0..<count { rows.append(passing(.viewports(index), initial: nil, .viewports)) }
    return rows.filter { features.isSuperset(of: $0.needs) }
  }

  private static let bindings: [GLStateRow] = [
    // While it runs no other program can be used: it is paused first and goes on last.
    row(.transformFeedback, ours: 0, initial: nil, .transformFeedback),
    passing(.program, initial: .zero),
    passing(.vertexArray, initial: .zero),
    passing(
      .framebuffer(GL.drawFramebuffer, query: GL.drawFramebufferBinding), initial: .zero),
    passing(
      .framebuffer(GL.readFramebuffer, query: GL.readFramebufferBinding), initial: .zero),
    row(.buffer(GL.pixelPackBuffer, query: GL.pixelPackBufferBinding), ours: 0, initial: 0),
    row(.buffer(GL.pixelUnpackBuffer, query: GL.pixelUnpackBufferBinding), ours: 0, initial: 0),
    passing(.activeTexture, initial: [GL_TEXTURE0, 0, 0, 0]),
    passing(.viewport, initial: nil, .oneViewport),
  ]

  private static let toggles: [GLStateRow] =
    [
      row(.firstToggle(GL.blend), ours: 0, initial: 0, .indexed),
      row(.toggle(GL.blend), ours: 0, initial: 0, .notIndexed),
      row(.toggle(GL.scissorTest), ours: 0, initial: 0, .oneViewport),
      row(.toggle(GL.dither), ours: 0, initial: 1),
      off(GL.cullFace), off(GL.rasterizerDiscard), off(GL.depthTest), off(GL.stencilTest),
      off(GL.alphaToCoverage), off(GL.sampleCoverage), off(GL.sampleMask, .sampleMask),
      off(GL.alphaToOne, .desktop), off(GL.framebufferSRGB, .desktop),
      off(GL.colorLogicOp, .desktop), off(GL.polygonSmooth, .desktop),
      row(.toggle(seamlessCubes), ours: 1, initial: 0, .desktop),
      off(GL.alphaTest, .compatibility), off(GL.polygonStipple, .compatibility),
    ] + (0..<8).map { off(GL.clipDistance0 + $0, .clipDistances) }

  /// Cubes are filtered across their edges.
  static let seamlessCubes: UInt32 = 0x884F

  private static let pixels: [GLStateRow] =
    [
      row(.pixelStore(GL.unpackAlignment), ours: 1, initial: 4),
      row(.pixelStore(GL.unpackRowLength), ours: 0, initial: 0),
      row(.pixelStore(GL.unpackSkipRows), ours: 0, initial: 0),
      row(.pixelStore(GL.unpackSkipPixels), ours: 0, initial: 0),
      row(.pixelStore(GL.unpackSwapBytes), ours: 0, initial: 0, .desktop),
      row(.pixelStore(GL.packAlignment), ours: 1, initial: 4),
      passing(.pixelStore(GL.packRowLength), initial: .zero),
      row(.pixelStore(GL.packSkipRows), ours: 0, initial: 0),
      row(.pixelStore(GL.packSkipPixels), ours: 0, initial: 0),
      row(.pixelStore(GL.packSwapBytes), ours: 0, initial: 0, .desktop),
      row(.pixelTransfer(GL.mapColor), ours: 0, initial: 0, .compatibility),
    ]
    + GL.scales.map { row(.pixelTransfer($0), ours: one, initial: one, .compatibility) }
    + GL.biases.map { row(.pixelTransfer($0), ours: 0, initial: 0, .compatibility) }

  private static let values: [GLStateRow] = [
    same(.firstColorMask, [1, 1, 1, 1], .indexed),
    same(.colorMask, [1, 1, 1, 1], .notIndexed),
    same(.clearColor, .zero),
    same(.polygonMode, [GL.fill, GL.fill, 0, 0], .desktop),
    same(.clampColor(GL.clampReadColor), [GL.fixedOnly, 0, 0, 0], .desktop),
    same(.clampColor(GL.clampFragmentColor), [GL.fixedOnly, 0, 0, 0], .compatibility),
    same(.clipControl, [GL.lowerLeft, GL.negativeOneToOne, 0, 0], .clipControl),
  ]

  /// 1 as a float.
  private static let one = Int32(bitPattern: Float(1).bitPattern)

  private static func row(
    _ setting: GLSetting, ours: Int32, initial: Int32?, _ needs: GLFeatures = []
  ) -> GLStateRow {
    GLStateRow(
      setting: setting, ours: [ours, 0, 0, 0], initial: initial.map { [$0, 0, 0, 0] },
      needs: needs)
  }

  private static func same(
    _ setting: GLSetting, _ value: GLSetting.Value, _ needs: GLFeatures = []
  ) -> GLStateRow {
    GLStateRow(setting: setting, ours: value, initial: value, needs: needs)
  }

  private static func off(_ name: UInt32, _ needs: GLFeatures = []) -> GLStateRow {
    row(.toggle(name), ours: 0, initial: 0, needs)
  }

  /// What our drawing sets in passing.
  private static func passing(
    _ setting: GLSetting, initial: GLSetting.Value?, _ needs: GLFeatures = []
  ) -> GLStateRow {
    GLStateRow(setting: setting, ours: nil, initial: initial, needs: needs)
  }
}

/// GL's numbers, those of the desktop too, as its registry has them.
private enum GL {
  static let drawFramebuffer: UInt32 = 0x8CA9
  static let drawFramebufferBinding: UInt32 = 0x8CA6
  static let readFramebuffer: UInt32 = 0x8CA8
  static let readFramebufferBinding: UInt32 = 0x8CAA
  static let pixelPackBuffer: UInt32 = 0x88EB
  static let pixelPackBufferBinding: UInt32 = 0x88ED
  static let pixelUnpackBuffer: UInt32 = 0x88EC
  static let pixelUnpackBufferBinding: UInt32 = 0x88EF

  static let blend: UInt32 = 0x0BE2
  static let scissorTest: UInt32 = 0x0C11
  static let dither: UInt32 = 0x0BD0
  static let cullFace: UInt32 = 0x0B44
  static let depthTest: UInt32 = 0x0B71
  static let stencilTest: UInt32 = 0x0B90
  static let alphaToCoverage: UInt32 = 0x809E
  static let alphaToOne: UInt32 = 0x809F
  static let sampleCoverage: UInt32 = 0x80A0
  static let sampleMask: UInt32 = 0x8E51
  static let framebufferSRGB: UInt32 = 0x8DB9
  static let rasterizerDiscard: UInt32 = 0x8C89
  static let colorLogicOp: UInt32 = 0x0BF2
  static let polygonSmooth: UInt32 = 0x0B41
  static let polygonStipple: UInt32 = 0x0B42
  static let alphaTest: UInt32 = 0x0BC0
  static let clipDistance0: UInt32 = 0x3000

  static let unpackSwapBytes: UInt32 = 0x0CF0
  static let unpackRowLength: UInt32 = 0x0CF2
  static let unpackSkipRows: UInt32 = 0x0CF3
  static let unpackSkipPixels: UInt32 = 0x0CF4
  static let unpackAlignment: UInt32 = 0x0CF5
  static let packSwapBytes: UInt32 = 0x0D00
  static let packRowLength: UInt32 = 0x0D02
  static let packSkipRows: UInt32 = 0x0D03
  static let packSkipPixels: UInt32 = 0x0D04
  static let packAlignment: UInt32 = 0x0D05
  static let mapColor: UInt32 = 0x0D10
  /// Red, green, blue, alpha.
  static let scales: [UInt32] = [0x0D14, 0x0D18, 0x0D1A, 0x0D1C]
  static let biases: [UInt32] = [0x0D15, 0x0D19, 0x0D1B, 0x0D1D]

  static let fill: Int32 = 0x1B02
  static let clampFragmentColor: UInt32 = 0x891B
  static let clampReadColor: UInt32 = 0x891C
  static let fixedOnly: Int32 = 0x891D
  static let lowerLeft: Int32 = 0x8CA1
  static let negativeOneToOne: Int32 = 0x935E
}
