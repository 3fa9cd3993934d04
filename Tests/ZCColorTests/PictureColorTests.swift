import Testing

@testable import ZCColor

@Suite("what a stream leaves open")
struct PictureColorTests {
  private func color(
    _ format: PictureFormat = .yuv420p, _ width: Int = 640, _ height: Int = 480,
    isFullByName: Bool = false, _ change: (inout ColorDescription) -> Void = { _ in }
  ) -> PictureColor {
    var stated = ColorDescription()
    change(&stated)
    return PictureColor(stated, format, isFullByName: isFullByName, width: width, height: height)
  }

  @Test("the matrix is guessed by the size")
  func matrixBySize() {
    #expect(color(.yuv420p, 1279, 576).matrix == .bt601)
    #expect(color(.yuv420p, 1280, 100).matrix == .bt709)
    #expect(color(.yuv420p, 100, 577).matrix == .bt709)
    #expect(color { $0.primaries = 9 }.matrix == .bt2020)
  }

  @Test("what is said is not guessed")
  func stated() {
    let said = color {
      $0.matrix = 9
      $0.range = .full
      $0.siting = .center
    }
    #expect(said.matrix == .bt2020 && said.isFullRange && said.siting == .center)
    #expect(said.guesses.isEmpty)
  }

  @Test("every guess is told")
  func told() {
    let guesses = color().guesses
    #expect(
      guesses.map { $0.split(separator: ":")[0] } == [
        "matrix smpte170m", "range limited", "chroma left",
      ])
    #expect(color { $0.matrix = 11 }.guesses[0].contains("11 of ITU-T H.273"))
  }

  @Test("RGB and gray are of full range, and the JPEG formats by their names")
  func ranges() {
    #expect(color(.rgba).isFullRange && color(.rgba).guesses.isEmpty)
    #expect(color(.gray).isFullRange && color(.gray).guesses.count == 1)
    #expect(color(isFullByName: true).isFullRange)
    #expect(!color(.gray) { $0.range = .limited }.isFullRange)
  }

  @Test("chroma is on the left, and with BT.2020 at the top, too")
  func sitings() {
    #expect(color().siting == .left)
    #expect(color { $0.matrix = 9 }.siting == .topLeft)
    #expect(color(.yuv422p) { $0.matrix = 9 }.siting == .left)
    #expect(color(.yuv444p).guesses.count == 2)
    #expect(color(.yuv440p).guesses.count == 3)
  }

  @Test("chroma lies with the first or the last of its luma, or in their middle")
  func offsets() {
    func offset(_ siting: ColorDescription.Siting, _ format: PictureFormat) -> [Double] {
      let color = PictureColor(matrix: .bt601, isFullRange: false, siting: siting)
      let offset = color.chromaOffset(in: format)
      return [offset.across, offset.down]
    }
    #expect(offset(.left, .yuv411p) == [0, 0])
    #expect(offset(.center, .yuv411p) == [1.5, 0])
    #expect(offset(.left, .yuv410p) == [0, 1.5])
    #expect(offset(.bottom, .yuv410p) == [1.5, 3])
    #expect(offset(.center, .yuv440p) == [0, 0.5])
    #expect(offset(.center, .nv12) == [0.5, 0.5])
    #expect(offset(.bottom, .yuv444p) == [0, 0])
  }

  @Test("high dynamic range is known by its transfer")
  func highDynamicRange() {
    var stated = ColorDescription()
    #expect(stated.hdr == nil)
    stated.transfer = 16
    #expect(stated.hdr == "pq")
    stated.transfer = 18
    #expect(stated.hdr == "hlg")
  }
}
