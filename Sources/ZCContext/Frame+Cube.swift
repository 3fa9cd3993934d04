package import ZCCore
import ZCGL

extension Frame {
  /// A cube of six square pictures of one size in GL's order: +x, -x, +y, -y, +z, -z. It is of
  /// floats where one of them is.
  package convenience init(cubeOf faces: [Frame], in context: GPUContext) throws(ZCError) {
    let extent = try Frame.side(of: faces, in: context)
    let isFloat = faces.contains { $0.record.format == .rgba32Float }
    let texture = try context.withCurrent { (current) throws(ZCError) -> Texture in
      let cube = try context.makeTexture(
        extent, isFloat ? .rgba32Float : .rgba8, isCube: true, current)
      for (index, face) in faces.enumerated() {
        guard face.generation.isUsable(in: current.generation) else {
          throw .staleGeneration(held: face.generation, current: current.generation)
        }
        try face.lendToGPU(current)
        try context.copy(face.record, toFace: index, of: cube.record, current)
      }
      return cube
    }
    self.init(texture, in: context)
  }

  package static let faceNames = ["+x", "-x", "+y", "-y", "+z", "-z"]

  /// The size that all six have.
  private static func side(of faces: [Frame], in context: GPUContext) throws(ZCError) -> Extent {
    guard let first = faces.first, faces.count == faceNames.count else {
      throw .wrongType("a cube is six pictures, not \(faces.count)")
    }
    let extent = first.record.extent
    for (name, face) in zip(faceNames, faces) {
      guard face.context === context || !Guards.keep(.contexts) else {
        throw .wrongContext(
          "a cube's side \(name): this frame lives in another context; "
            + "carry it over with frame.to_numpy()")
      }
      guard !face.record.isCube else {
        throw .wrongType("a cube's side \(name) is a picture, not a cube")
      }
      let found = face.record.extent
      guard found == extent, extent.width == extent.height else {
        throw .badSize(
          "a cube's sides are square and of one size; \(faceNames[0]) is \(extent.width) x "
            + "\(extent.height) pixels, \(name) is \(found.width) x \(found.height)")
      }
    }
    return extent
  }
}
