import Testing

@testable import ZCPipeline

@Suite("fitting a picture")
struct FitTests {
  private func place(
    _ fit: Fit, _ width: Int32, _ height: Int32, _ aspect: Double, _ room: (Int32, Int32)
  ) -> Fit.Placement {
    fit.place(
      width: width, height: height, aspect: aspect, inRoom: (width: room.0, height: room.1))
  }

  @Test("contained, all of it is shown, in the middle")
  func contain() {
    #expect(
      place(.contain, 640, 360, 1, (320, 240))
        == Fit.Placement(x: 0, y: 30, width: 320, height: 180))
    #expect(
      place(.contain, 100, 200, 1, (300, 100))
        == Fit.Placement(x: 125, y: 0, width: 50, height: 100))
    // PAL in 16:9: 720 x 576 samples of 64/45 are seen as 1024 x 576.
    #expect(
      place(.contain, 720, 576, 64.0 / 45, (512, 512))
        == Fit.Placement(x: 0, y: 112, width: 512, height: 288))
  }

  @Test("covering, the room is full, and what is left out is the same on both sides")
  func cover() {
    var wide = Fit.Placement(width: 100, height: 100)
    (wide.partX, wide.partWidth) = (0.25, 0.5)
    #expect(place(.cover, 200, 100, 1, (100, 100)) == wide)
    var high = Fit.Placement(width: 100, height: 50)
    (high.partY, high.partHeight) = (0.375, 0.25)
    #expect(place(.cover, 100, 200, 1, (100, 50)) == high)
  }

  @Test("stretched, both are full")
  func stretch() {
    #expect(place(.stretch, 3, 900, 2, (70, 50)) == Fit.Placement(width: 70, height: 50))
  }

  @Test("whatever the numbers, the picture is inside the room and at least a pixel")
  func bounds() {
    let sides: [Int32] = [1, 2, 1001, .max]
    for fit in Fit.allCases {
      for (width, height) in sides.flatMap({ w in sides.map { (w, $0) } }) {
        for aspect in [1, 1e-300, 1e300, 0, -1, .nan, .infinity] {
          for room in [(Int32(1), Int32(1)), (7, 1000), (.max, 1)] {
            let it = place(fit, width, height, aspect, room)
            #expect(it.x >= 0 && it.y >= 0 && it.width >= 1 && it.height >= 1)
            #expect(it.width <= room.0 - it.x && it.height <= room.1 - it.y)
            #expect(it.partX >= 0 && it.partWidth >= 0 && it.partX + it.partWidth <= 1)
            #expect(it.partY >= 0 && it.partHeight >= 0 && it.partY + it.partHeight <= 1)
          }
        }
      }
    }
  }
}
