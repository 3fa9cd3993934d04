/// How a picture is to be turned for display.
package struct Orientation: Hashable, Sendable {
  /// Quarters clockwise, 0 to 3.
  package let quarters: Int
  /// Left and right change places, before turning.
  package let isMirrored: Bool

  package static let upright = Orientation(degrees: 0)

  /// `degrees` clockwise, a multiple of 90.
  package init(degrees: Int, isMirrored: Bool = false) {
    quarters = ((degrees / 90) % 4 + 4) % 4
    self.isMirrored = isMirrored
  }

  package var swapsSides: Bool { quarters % 2 == 1 }

  /// Where the first pixel of a picture of this size comes to lie, and how far from one to the next
  /// of a row and of a column it is: each (columns, rows) of the picture for display.
  package func steps(width: Int, height: Int) -> (
    first: SIMD2<Int>, column: SIMD2<Int>, row: SIMD2<Int>
  ) {
    var (first, column, row) =
      switch quarters {
      case 0: (SIMD2(0, 0), SIMD2(1, 0), SIMD2(0, 1))
      case 1: (SIMD2(height - 1, 0), SIMD2(0, 1), SIMD2(-1, 0))
      case 2: (SIMD2(width - 1, height - 1), SIMD2(-1, 0), SIMD2(0, -1))
      default: (SIMD2(0, width - 1), SIMD2(0, -1), SIMD2(1, 0))
      }
    if isMirrored {
      first = SIMD2(first.x + column.x * (width - 1), first.y + column.y * (width - 1))
      column = SIMD2(-column.x, -column.y)
    }
    return (first, column, row)
  }
}
