/* An EGL library in front of the machine's, for the one that zcgpu opens: it refuses what drivers
 * of real GPUs refuse and llvmpipe takes. $REFUSE names that, in any order:
 *
 *   modifiers  an image whose modifier is told (drivers without the extension in their firmware)
 *   textures   a GL_TEXTURE_2D of an image, by GL_INVALID_OPERATION: "external only" (NVIDIA,
 * linear) composed   an image of luma and chroma hints      an image with hints at its colour
 */
#define _GNU_SOURCE
#include <EGL/egl.h>
#include <EGL/eglext.h>
#include <GLES3/gl32.h>
#include <dlfcn.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

typedef __eglMustCastToProperFunctionPointerType entry;
typedef void (*texture_target)(GLenum target, void *image);
typedef void (*storage_target)(GLenum target, void *image, const GLint *pairs);

static entry find(const char *name) {
  static entry (*real)(const char *);
  if (!real) real = (entry (*)(const char *))dlsym(RTLD_NEXT, "eglGetProcAddress");
  return real(name);
}

static bool refuses(const char *what) {
  const char *list = getenv("REFUSE");
  return list && strstr(list, what);
}

/* Whether the list of pairs has that name, and its value. */
static bool has(const EGLint *pairs, EGLint name, EGLint *value) {
  for (; *pairs != EGL_NONE; pairs += 2)
    if (pairs[0] == name) return *value = pairs[1], true;
  return false;
}

static bool is_refused(const EGLint *pairs) {
  const EGLint nv12 = 0x3231564e, p010 = 0x30313050; /* by drm_fourcc.h */
  EGLint value = 0;
  return (refuses("modifiers") && has(pairs, EGL_DMA_BUF_PLANE0_MODIFIER_LO_EXT, &value)) ||
         (refuses("hints") && has(pairs, EGL_YUV_COLOR_SPACE_HINT_EXT, &value)) ||
         (refuses("composed") && has(pairs, EGL_LINUX_DRM_FOURCC_EXT, &value) &&
          (value == nv12 || value == p010));
}

static EGLImageKHR create(EGLDisplay display, EGLContext context, EGLenum target,
                          EGLClientBuffer buffer, const EGLint *pairs) {
  PFNEGLCREATEIMAGEKHRPROC real = (PFNEGLCREATEIMAGEKHRPROC)find("eglCreateImageKHR");
  if (target != EGL_LINUX_DMA_BUF_EXT || !is_refused(pairs))
    return real(display, context, target, buffer, pairs);
  /* The driver's own words for a format that nobody knows. */
  const EGLint unknown[] = {EGL_WIDTH,
                            1,
                            EGL_HEIGHT,
                            1,
                            EGL_LINUX_DRM_FOURCC_EXT,
                            0x7a7a7a7a,
                            EGL_DMA_BUF_PLANE0_FD_EXT,
                            0,
                            EGL_DMA_BUF_PLANE0_OFFSET_EXT,
                            0,
                            EGL_DMA_BUF_PLANE0_PITCH_EXT,
                            4,
                            EGL_NONE};
  return real(display, EGL_NO_CONTEXT, target, NULL, unknown);
}

/* There is no such uniform: GL_INVALID_OPERATION. */
static void complain(void) { ((PFNGLUNIFORM1IPROC)find("glUniform1i"))(0x7fffffff, 0); }

static void target_texture(GLenum target, void *image) {
  if (target == GL_TEXTURE_2D && refuses("textures")) return complain();
  ((texture_target)find("glEGLImageTargetTexture2DOES"))(target, image);
}

static void target_storage(GLenum target, void *image, const GLint *pairs) {
  if (target == GL_TEXTURE_2D && refuses("textures")) return complain();
  ((storage_target)find("glEGLImageTargetTexStorageEXT"))(target, image, pairs);
}

entry eglGetProcAddress(const char *name) {
  if (!strcmp(name, "eglCreateImageKHR")) return (entry)create;
  if (!strcmp(name, "glEGLImageTargetTexture2DOES")) return (entry)target_texture;
  if (!strcmp(name, "glEGLImageTargetTexStorageEXT")) return (entry)target_storage;
  return find(name);
}
