package import ZCCore

/// What EGL is told to make one image of: a picture in DMA-BUFs.
package struct ImageLayout: Hashable, Sendable {
  /// What a driver that converts shall take YCbCr for.
  package struct Hints: Hashable, Sendable {
    package enum Matrix: Hashable, Sendable { case bt601, bt709, bt2020 }

    package let matrix: Matrix
    package let isFullRange: Bool
    /// Chroma samples lie halfway between those of luma, not on them.
    package let isHalfwayAcross: Bool
    package let isHalfwayDown: Bool

    package init(
      matrix: Matrix, isFullRange: Bool, isHalfwayAcross: Bool, isHalfwayDown: Bool
    ) {
      self.matrix = matrix
      self.isFullRange = isFullRange
      self.isHalfwayAcross = isHalfwayAcross
      self.isHalfwayDown = isHalfwayDown
    }
  }

  package let fourcc: Fourcc
  package let extent: Extent
  /// Four at most.
  package let planes: [Surface.Plane]
  /// Nil where EGL is not to be told.
  package let modifier: UInt64?
  package let hints: Hints?

  /// A plane as a picture of its own.
  package init(_ plane: Surface.Plane, modifier: UInt64?) {
    fourcc = plane.format.fourcc
    extent = plane.extent
    planes = [plane]
    self.modifier = modifier
    hints = nil
  }

  /// All planes as one picture.
  package init(_ surface: Surface, modifier: UInt64?, hints: Hints?) {
    fourcc = surface.fourcc
    extent = surface.extent
    planes = surface.planes
    self.modifier = modifier
    self.hints = hints
  }
}

/// What became of an image.
package enum ImageOutcome: Hashable, Sendable {
  case made(UInt)
  /// The driver's reason.
  case refused(ImageRefusal)
}

/// Why EGL makes no image.
package enum ImageRefusal: Hashable, Sendable {
  /// The format or the modifier: any such picture is refused.
  case kind(String)
  /// This memory, or its size.
  case memory(String)

  package var words: String {
    switch self {
    case .kind(let text), .memory(let text): text
    }
  }
}

/// A texture as DMA-BUFs. The descriptors are the taker's to close.
package struct ExportedTexture: Hashable, Sendable {
  package let fourcc: Fourcc
  package let modifier: UInt64
  /// One for each plane; -1 for one in the same memory as that before it.
  package let descriptors: [Int32]
  package let offsets: [Int32]
  package let pitches: [Int32]

  package init(
    fourcc: Fourcc, modifier: UInt64, descriptors: [Int32], offsets: [Int32], pitches: [Int32]
  ) {
    self.fourcc = fourcc
    self.modifier = modifier
    self.descriptors = descriptors
    self.offsets = offsets
    self.pitches = pitches
  }
}
