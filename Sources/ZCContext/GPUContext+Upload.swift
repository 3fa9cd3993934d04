import Synchronization
package import ZCCore
import ZCGL

extension GPUContext {
  /// A texture of pixels that are packed, bottom row first.
  package func upload(
    _ pixels: HostPixels, _ extent: Extent, _ format: PixelFormat, _ current: borrowing Current
  ) throws(ZCError) -> Texture {
    let texture = try makeTexture(extent, format, current)
    uploads.add(1, ordering: .relaxed)
    current.record(.upload, texture.record)
    unsafe current.gl.uploadTexture(
      texture.record.name, extent, format, UnsafeRawBufferPointer(pixels.bytes))
    try current.check("uploading a picture")
    return texture
  }

  /// A texture of rows in memory, from the top one on, without a copy in between.
  package func upload(_ rows: PlaneRows, _ current: borrowing Current) throws(ZCError) -> Texture {
    let texture = try makeTexture(rows.extent, rows.format, for: .plane, current)
    uploads.add(1, ordering: .relaxed)
    current.record(.upload, texture.record)
    unsafe current.gl.uploadTexture(
      texture.record.name, rows.extent, rows.format, rowLength: rows.rowLength, rows.bytes)
    try current.check("uploading a plane")
    return texture
  }

  /// Copies a texture into one side of a cube, turned over: a side's first row is the top one.
  package func copy(
    _ picture: TextureRecord, toFace face: Int, of cube: TextureRecord,
    _ current: borrowing Current
  ) throws(ZCError) {
    let gl = current.gl
    gl.drawIntoFace(Int32(face), of: cube.name, by: cube.framebuffer)
    gl.blitFramebuffer(
      from: picture.framebuffer, picture.extent, to: cube.framebuffer, cube.extent,
      flipped: !picture.isTopFirst)
    try current.check("filling a cube")
  }
}
