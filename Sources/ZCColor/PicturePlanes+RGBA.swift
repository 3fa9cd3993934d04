import CColor
package import ZCCore

extension PicturePlanes {
  /// How many columns and rows the picture for display has.
  package func displaySize(_ orientation: Orientation) -> (width: Int, height: Int) {
    orientation.swapsSides ? (height, width) : (width, height)
  }

  /// Writes the picture as RGBA, a byte a component; straight alpha, 255 without any. Row 0 is the
  /// top one, or the bottom one for `bottomFirst`; rows are packed, or `rowBytes` apart.
  /// - Throws: `badBuffer` where `target` is too small; `outOfMemory`.
  package func writeRGBA(
    _ color: PictureColor, _ orientation: Orientation = .upright, bottomFirst: Bool = false,
    rowBytes: Int? = nil, to target: UnsafeMutableRawBufferPointer
  ) throws(ZCError) {
    let size = displaySize(orientation)
    let packed = size.width * 4
    let rowBytes = rowBytes ?? packed
    let needed = rowBytes.multipliedReportingOverflow(by: size.height - 1)
    guard let base = target.baseAddress, rowBytes >= packed, !needed.overflow,
      needed.partialValue <= Int.max - packed, target.count >= needed.partialValue + packed
    else {
      throw .badBuffer(
        "\(target.count) bytes with rows \(rowBytes) apart do not hold \(size.width) x "
          + "\(size.height) pixels of 4 bytes")
    }
    let steps = orientation.steps(width: width, height: height)
    func bytes(_ step: SIMD2<Int>) -> Int {
      step.x * 4 + (bottomFirst ? -step.y : step.y) * rowBytes
    }
    let start = bottomFirst ? (size.height - 1) * rowBytes : 0
    // `steps` is a permutation of the pixels, all of which `target` holds.
    let first = unsafe base.advanced(by: start + bytes(steps.first))
    let place = unsafe zcc_target(
      first: first.assumingMemoryBound(to: UInt8.self), column: Int64(bytes(steps.column)),
      row: Int64(bytes(steps.row)))
    let done =
      format.isYCbCr ? unsafe writeYCbCr(color, place) : unsafe writeComponents(color, place)
    guard done else { throw .outOfMemory("no memory for a row of \(width) pixels") }
  }

  private func plane(_ index: Int) -> zcc_plane {
    unsafe zcc_plane(
      data: planes[index].start.assumingMemoryBound(to: UInt8.self),
      stride: Int64(planes[index].stride))
  }

  private func writeYCbCr(_ color: PictureColor, _ target: zcc_target) -> Bool {
    let isPaired = format.arrangement == .paired
    let span = format.chromaSpan
    let offset = color.chromaOffset(in: format)
    var picture = unsafe zcc_ycbcr()
    unsafe picture.width = Int32(width)
    unsafe picture.height = Int32(height)
    unsafe picture.sample_bytes = Int32(format.bytesPerSample)
    unsafe picture.shift = Int32(format.shift)
    unsafe picture.depth = Int32(format.depth)
    unsafe picture.is_paired = isPaired ? 1 : 0
    unsafe picture.luma = plane(0)
    unsafe picture.cb = plane(1)
    if !isPaired { unsafe picture.cr = plane(2) }
    if format.hasAlphaPlane { unsafe picture.alpha = plane(3) }
    unsafe picture.across = zcc_weights(span: span.columns, offset: offset.across)
    unsafe picture.down = zcc_weights(span: span.rows, offset: offset.down)
    unsafe picture.matrix = zcc_matrix(color, depth: format.depth)
    return unsafe zcc_convert_ycbcr(&picture, target) == 0
  }

  private func writeComponents(_ color: PictureColor, _ target: zcc_target) -> Bool {
    let levels = color.levels(depth: format.depth)
    let opacities = PictureColor(matrix: .identity, isFullRange: true).levels(depth: format.depth)
    return unsafe levels.withUnsafeBufferPointer { levels in
      unsafe opacities.withUnsafeBufferPointer { opacities in
        func component(_ index: Int) -> zcc_component {
          let lookUp = index == 3 ? opacities.baseAddress : levels.baseAddress
          let isPlain = format.depth == 8 && (index == 3 || color.isFullRange)
          let bytes = unsafe isPlain ? nil : lookUp
          guard let (plane, sample) = place(ofComponent: index) else {
            return unsafe zcc_component()
          }
          let size = format.bytesPerSample
          return unsafe zcc_component(
            data: self.plane(plane).data?.advanced(by: sample * size),
            stride: Int64(planes[plane].stride),
            step: Int32(format.channels(ofPlane: plane) * size), reserved: 0, bytes: bytes)
        }
        var picture = zcc_components()
        picture.width = Int32(width)
        picture.height = Int32(height)
        picture.sample_bytes = Int32(format.bytesPerSample)
        picture.depth = Int32(format.depth)
        unsafe picture.component = (component(0), component(1), component(2), component(3))
        return unsafe zcc_convert_components(&picture, target) == 0
      }
    }
  }

  /// Which plane, and which sample of its pixel, is red, green, blue or alpha.
  private func place(ofComponent index: Int) -> (plane: Int, sample: Int)? {
    switch format.arrangement {
    case .packed(_, let rgba): rgba[index].map { (0, $0) }
    case .planarRGB: index == 3 && !format.hasAlphaPlane ? nil : ([2, 0, 1, 3][index], 0)
    case .paired, .planar: nil
    }
  }
}
