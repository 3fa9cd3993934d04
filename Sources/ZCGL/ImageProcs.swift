import CGLES
import ZCCore

/// The entry points around EGLImages; each is nil where the display or the context has none.
@safe struct ImageProcs: @unchecked Sendable {  // immutable C function pointers
  typealias Handle = UnsafeMutableRawPointer?

  let create: (@convention(c) (Handle, Handle, EGLenum, Handle, UnsafePointer<EGLint>?) -> Handle)?
  let destroy: (@convention(c) (Handle, Handle) -> EGLBoolean)?
  let targetTexture: (@convention(c) (GLenum, Handle) -> Void)?
  let targetStorage: (@convention(c) (GLenum, Handle, UnsafePointer<GLint>?) -> Void)?
  let queryExport:
    (
      @convention(c) (
        Handle, Handle, UnsafeMutablePointer<CInt>?, UnsafeMutablePointer<CInt>?,
        UnsafeMutablePointer<UInt64>?
      ) -> EGLBoolean
    )?
  let export:
    (
      @convention(c) (
        Handle, Handle, UnsafeMutablePointer<CInt>?, UnsafeMutablePointer<EGLint>?,
        UnsafeMutablePointer<EGLint>?
      ) -> EGLBoolean
    )?
  let createSync: (@convention(c) (Handle, EGLenum, UnsafePointer<EGLint>?) -> Handle)?
  let destroySync: (@convention(c) (Handle, Handle) -> EGLBoolean)?
  let dupFence: (@convention(c) (Handle, Handle) -> EGLint)?
  let flush: (@convention(c) () -> Void)?

  init(_ library: EGLLibrary) {
    unsafe create = library.proc("eglCreateImageKHR")
    unsafe destroy = library.proc("eglDestroyImageKHR")
    unsafe targetTexture = library.proc("glEGLImageTargetTexture2DOES")
    unsafe targetStorage = library.proc("glEGLImageTargetTexStorageEXT")
    unsafe queryExport = library.proc("eglExportDMABUFImageQueryMESA")
    unsafe export = library.proc("eglExportDMABUFImageMESA")
    unsafe createSync = library.proc("eglCreateSyncKHR")
    unsafe destroySync = library.proc("eglDestroySyncKHR")
    unsafe dupFence = library.proc("eglDupNativeFenceFDANDROID")
    flush = library.proc("glFlush")
  }
}
