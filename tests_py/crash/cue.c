/* An EGL library for scenarios: the system's, but that a thread can be held inside one GL call
 * until another has done something, and that a destroyed context's handle is given to the next one,
 * as EGL is free to do. zcgpu opens it where ZCGPU_LIBEGL names it. */
#define _GNU_SOURCE
#include <EGL/egl.h>
#include <GLES3/gl32.h>
#include <dlfcn.h>
#include <pthread.h>
#include <string.h>
#include <time.h>

#define REAL(name) ((__typeof__(&name))dlsym(library(), #name))

static void *library(void) {
  static void *opened;
  if (!opened) opened = dlopen("libEGL.so.1", RTLD_NOW | RTLD_LOCAL);
  return opened;
}

/* -- Holding a thread -- */

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static const char *cue;
static enum { IDLE, ARMED, HELD } state;
static long patience;

static struct timespec later(long milliseconds) {
  struct timespec end;
  clock_gettime(CLOCK_REALTIME, &end);
  end.tv_sec += milliseconds / 1000;
  end.tv_nsec += milliseconds % 1000 * 1000000;
  if (end.tv_nsec >= 1000000000) end.tv_sec++, end.tv_nsec -= 1000000000;
  return end;
}

/* The next thread that calls this GL function waits in front of it until it is let go, or for so
 * long: whoever keeps it waiting may itself be waiting for it. */
void cue_arm(const char *function, long milliseconds) {
  pthread_mutex_lock(&mutex);
  cue = function;
  patience = milliseconds;
  state = ARMED;
  pthread_mutex_unlock(&mutex);
}

/* Waits until a thread is held: 1, or 0 after so long. */
int cue_wait(long milliseconds) {
  struct timespec end = later(milliseconds);
  pthread_mutex_lock(&mutex);
  int late = 0;
  while (state == ARMED && !late)
    late = pthread_cond_timedwait(&changed, &mutex, &end);
  int held = state == HELD;
  pthread_mutex_unlock(&mutex);
  return held;
}

void cue_let_go(void) {
  pthread_mutex_lock(&mutex);
  state = IDLE;
  pthread_cond_broadcast(&changed);
  pthread_mutex_unlock(&mutex);
}

static void pass(const char *function) {
  pthread_mutex_lock(&mutex);
  if (state == ARMED && strcmp(cue, function) == 0) {
    struct timespec end = later(patience);
    state = HELD;
    pthread_cond_broadcast(&changed);
    int late = 0;
    while (state == HELD && !late)
      late = pthread_cond_timedwait(&changed, &mutex, &end);
    state = IDLE;
  }
  pthread_mutex_unlock(&mutex);
}

static void *real(const char *name) { return (void *)REAL(eglGetProcAddress)(name); }

static void draw_arrays(GLenum mode, GLint first, GLsizei count) {
  pass("glDrawArrays");
  ((PFNGLDRAWARRAYSPROC)real("glDrawArrays"))(mode, first, count);
}

static void read_pixels(GLint x, GLint y, GLsizei w, GLsizei h, GLenum format, GLenum type,
                        void *pixels) {
  pass("glReadPixels");
  ((PFNGLREADPIXELSPROC)real("glReadPixels"))(x, y, w, h, format, type, pixels);
}

static void tex_sub_image(GLenum target, GLint level, GLint x, GLint y, GLsizei w, GLsizei h,
                          GLenum format, GLenum type, const void *pixels) {
  pass("glTexSubImage2D");
  ((PFNGLTEXSUBIMAGE2DPROC)real("glTexSubImage2D"))(target, level, x, y, w, h, format, type,
                                                    pixels);
}

__eglMustCastToProperFunctionPointerType eglGetProcAddress(const char *name) {
  void *found = strcmp(name, "glDrawArrays") == 0      ? (void *)draw_arrays
                : strcmp(name, "glReadPixels") == 0    ? (void *)read_pixels
                : strcmp(name, "glTexSubImage2D") == 0 ? (void *)tex_sub_image
                                                       : real(name);
  return (__eglMustCastToProperFunctionPointerType)found;
}

/* -- Handles that come again -- */

enum { MOST = 64 };
static EGLContext contexts[MOST]; /* a context's handle is its place here */

static EGLContext behind(EGLContext handle) {
  EGLContext *place = handle;
  return place >= contexts && place < contexts + MOST ? *place : handle;
}

EGLContext eglCreateContext(EGLDisplay display, EGLConfig config, EGLContext share,
                            const EGLint *attributes) {
  EGLContext made = REAL(eglCreateContext)(display, config, behind(share), attributes);
  if (!made) return made;
  for (int n = 0; n < MOST; n++)
    if (!contexts[n]) {
      contexts[n] = made;
      return &contexts[n];
    }
  return made;
}

EGLBoolean eglDestroyContext(EGLDisplay display, EGLContext handle) {
  EGLContext context = behind(handle);
  if (context != handle) *(EGLContext *)handle = NULL;
  return REAL(eglDestroyContext)(display, context);
}

EGLBoolean eglMakeCurrent(EGLDisplay display, EGLSurface draw, EGLSurface read, EGLContext handle) {
  return REAL(eglMakeCurrent)(display, draw, read, behind(handle));
}

EGLContext eglGetCurrentContext(void) {
  EGLContext context = REAL(eglGetCurrentContext)();
  for (int n = 0; context && n < MOST; n++)
    if (contexts[n] == context) return &contexts[n];
  return context;
}
