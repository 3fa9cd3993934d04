package import ZCContext
package import ZCCore
import ZCGL
import ZCISF

extension Scene {
  /// Gives an import its picture: a cube where the header says so.
  /// - Throws: `invalidArgument` beyond the last import; `wrongType`, `wrongContext` and those of
  ///   reading a frame back, which is what later generations get it from.
  package func setImport(_ index: Int, to frame: Frame) throws(ZCError) {
    let edition = edition
    let picture = try edition.description.picture(frame, of: index, in: context)
    // What was there is dropped after the lock.
    let old = edition.imports.withLock { imports in
      let old = imports[safe: index] ?? nil
      imports[index] = picture
      return old
    }
    _ = consume old
  }
}

extension ShaderDescription {
  /// The picture of an import, where the frame is one that it takes.
  func picture(
    _ frame: Frame, of index: Int, in context: GPUContext
  ) throws(ZCError) -> ImportedPicture {
    guard let declared = imports[safe: index] else {
      throw .invalidArgument("this shader imports \(imports.count) pictures, counted from 0")
    }
    guard frame.context === context || !Guards.keep(.contexts) else {
      throw .wrongContext(
        "the imported picture '\(declared.name)': this frame lives in another context; "
          + "carry it over with frame.to_numpy()")
    }
    guard frame.record.isCube == declared.isCube else {
      throw .wrongType(
        declared.isCube
          ? "the imported cube '\(declared.name)' takes six square pictures, not one"
          : "the imported picture '\(declared.name)' takes one picture, not a cube")
    }
    return try ImportedPicture(frame)
  }
}

extension Edition {
  /// The picture of an import, in the present generation.
  func importedFrame(_ index: Int, _ current: borrowing Current) throws(ZCError) -> Frame {
    guard let known = imports.withLock({ $0[safe: index] ?? nil }) else {
      let name = description.imports[safe: index]?.name ?? ""
      throw .invalidArgument(
        "the imported picture '\(name)' was never given; context.scene(...) reads it, and in C "
          + "zcg_scene_set_import gives it")
    }
    guard !known.frame.generation.isUsable(in: current.generation) else { return known.frame }
    let fresh = try known.again(current)
    imports.withLock { imports in
      if (imports[safe: index] ?? nil) === known { imports[index] = fresh }
    }
    return fresh.frame
  }
}
