/* A display, contexts on it and GL's functions: what any C program starts with. */
#ifndef REFERENCE_GL_H
#define REFERENCE_GL_H

#include <EGL/egl.h>
#include <EGL/eglext.h>
#include <GLES3/gl32.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_DEVICES = 16, PACK_INVERT_MESA = 0x8758 };

/* -- GL's functions ------------------------------------------------------------------------ */

// clang-format off
#define EACH_FUNCTION(X)                                                                          \
  X(AttachShader) X(BindFramebuffer) X(BindTexture) X(BindVertexArray) X(CheckFramebufferStatus)  \
  X(CompileShader) X(CreateProgram) X(CreateShader) X(DrawArrays) X(Finish) X(FramebufferTexture2D) \
  X(GenFramebuffers) X(GenTextures) X(GenVertexArrays) X(GetError) X(GetIntegerv)                 \
  X(GetProgramiv) X(GetString) X(GetStringi) X(GetUniformLocation) X(LinkProgram) X(PixelStorei)  \
  X(ReadPixels) X(ShaderSource) X(TexImage2D) X(TexParameteri) X(TexSubImage2D) X(Uniform1f)       \
  X(UseProgram) X(Viewport)
// clang-format on

#define MEMBER(name) __typeof__(&gl##name) name;
static struct { EACH_FUNCTION(MEMBER) } gl;

static void fail(const char *what) {
  fprintf(stderr, "reference: %s (EGL 0x%x)\n", what, (unsigned)eglGetError());
  exit(1);
}

static void load_functions(void) {
#define LOAD(name)                                                                                 \
  if (!(gl.name = (__typeof__(gl.name))eglGetProcAddress("gl" #name))) fail("no gl" #name);
  EACH_FUNCTION(LOAD)
}

/* -- display and context ------------------------------------------------------------------- */

static EGLDisplay display;

static EGLContext make_context(void) {
  // clang-format off
  static const EGLint attributes[] = {
      EGL_CONTEXT_MAJOR_VERSION, 4,
      EGL_CONTEXT_MINOR_VERSION, 5,
      EGL_CONTEXT_OPENGL_PROFILE_MASK, EGL_CONTEXT_OPENGL_CORE_PROFILE_BIT,
      EGL_CONTEXT_OPENGL_ROBUST_ACCESS, EGL_TRUE,
      EGL_CONTEXT_OPENGL_RESET_NOTIFICATION_STRATEGY, EGL_LOSE_CONTEXT_ON_RESET,
      EGL_NONE,
  };
  // clang-format on
  return eglCreateContext(display, EGL_NO_CONFIG_KHR, EGL_NO_CONTEXT, attributes);
}

static void switch_to(EGLContext context) {
  if (!eglMakeCurrent(display, EGL_NO_SURFACE, EGL_NO_SURFACE, context)) fail("eglMakeCurrent");
}

/* Opens the first device that gives a context: hardware first, software second. */
static EGLContext open_device(void) {
  PFNEGLQUERYDEVICESEXTPROC query =
      (PFNEGLQUERYDEVICESEXTPROC)eglGetProcAddress("eglQueryDevicesEXT");
  PFNEGLQUERYDEVICESTRINGEXTPROC describe =
      (PFNEGLQUERYDEVICESTRINGEXTPROC)eglGetProcAddress("eglQueryDeviceStringEXT");
  PFNEGLGETPLATFORMDISPLAYEXTPROC open =
      (PFNEGLGETPLATFORMDISPLAYEXTPROC)eglGetProcAddress("eglGetPlatformDisplayEXT");
  EGLDeviceEXT devices[MAX_DEVICES];
  EGLint count = 0;
  if (!query || !describe || !open || !query(MAX_DEVICES, devices, &count)) fail("no EGL devices");
  for (int software = 0; software <= 1; software++) {
    for (EGLint i = 0; i < count; i++) {
      const char *words = describe(devices[i], EGL_EXTENSIONS);
      if (software != (words && strstr(words, "EGL_MESA_device_software"))) continue;
      display = open(EGL_PLATFORM_DEVICE_EXT, devices[i], NULL);
      if (!display || !eglInitialize(display, NULL, NULL) || !eglBindAPI(EGL_OPENGL_API)) continue;
      EGLContext context = make_context();
      if (context) return context;
    }
  }
  fail("no device gives a context");
  return EGL_NO_CONTEXT;
}

static bool has_extension(const char *wanted) {
  GLint count = 0;
  gl.GetIntegerv(GL_NUM_EXTENSIONS, &count);
  for (GLint i = 0; i < count; i++)
    if (strcmp((const char *)gl.GetStringi(GL_EXTENSIONS, (GLuint)i), wanted) == 0) return true;
  return false;
}

#endif
