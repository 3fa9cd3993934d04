import Testing
import ZCCore

@Suite("Extent")
struct ExtentTests {
  @Test("a size within the limit is taken as it is", arguments: [(1, 1), (4096, 1), (640, 4096)])
  func fits(width: Int64, height: Int64) throws {
    let extent = try Extent(width: width, height: height, limit: 4096)
    #expect(Int64(extent.width) == width)
    #expect(Int64(extent.height) == height)
    #expect(Int64(extent.pixelCount) == width * height)
  }

  @Test(
    "a side below 1 or above the limit is refused",
    arguments: [
      (0, 1), (1, 0), (-1, 5), (5, .min), (4097, 1), (1, 4097), (1 << 32, 1), (.max, .max),
    ] as [(Int64, Int64)])
  func refused(width: Int64, height: Int64) {
    #expect(
      throws: ZCError.badSize(
        "pass 2 cannot be \(width) x \(height) pixels; each side is 1 to 4096 on this driver")
    ) { try Extent(width: width, height: height, limit: 4096, of: "pass 2") }
  }

  @Test("the largest picture there may be has a count of pixels")
  func largest() throws {
    let side = Int64(Int32.max)
    #expect(
      try Extent(width: side, height: side, limit: .max).pixelCount == Int(side) * Int(side))
  }

  @Test("one pixel is one pixel")
  func pixel() { #expect(Extent.pixel.pixelCount == 1) }
}
