/* libva.h: every function of libva's that is called, by the library that has
 * it. */
#ifndef ZCAV_LIBVA_H
#define ZCAV_LIBVA_H

#include "zcav.h"

#include <va/va.h>
#include <va/va_drm.h>

#define LIBVA(F)                                                                                   \
  F(vaInitialize)                                                                                  \
  F(vaTerminate)                                                                                   \
  F(vaErrorStr)                                                                                    \
  F(vaSetErrorCallback)                                                                            \
  F(vaSetInfoCallback)                                                                             \
  F(vaQueryVendorString)                                                                           \
  F(vaSyncSurface)                                                                                 \
  F(vaExportSurfaceHandle)

/* Filled by libva_open. */
typedef struct {
#define POINTER(name) __typeof__(name) *name;
  LIBVA(POINTER)
#undef POINTER
} zcav_libva;
extern zcav_libva va;

/* Opens libva, once. UNSUPPORTED where it is not there. */
zcav_status libva_open(zcav_error *err);
/* A function of one of libva's neighbours (libva-drm, libva-x11, libX11), or
 * NULL. */
void *libva_neighbour(const char *library, const char *function, zcav_error *err);
/* Fills in the error with libva's own words, after `doing` and a colon. */
zcav_status libva_fail(zcav_error *err, zcav_status status, VAStatus code, const char *doing);

#endif
