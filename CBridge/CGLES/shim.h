/* EGL and GL as types and constants. No entry point is linked: all are looked up at run time.
 * Beside them statfs, which tells DMA-BUFs from other descriptors. */
#pragma once
#define EGL_NO_X11 1
#define MESA_EGL_NO_X11_HEADERS 1
#define EGL_EGL_PROTOTYPES 0
#define GL_GLES_PROTOTYPES 0
#include <EGL/egl.h>
#include <EGL/eglext.h>
#include <GLES3/gl32.h>
#include <GLES2/gl2ext.h>
#include <sys/vfs.h>
