/* Surfaces: pictures that are decoded into. */
#include "zcsw.h"
#include <stdlib.h>
#include <string.h>

static VAStatus make(struct driver *driver, uint32_t fourcc, int width, int height,
                     VASurfaceID *number) {
  long most = driver->faults.surfaces;
  if (most && driver->surfaces.count >= (unsigned long)most)
    return VA_STATUS_ERROR_ALLOCATION_FAILED;
  struct surface *surface = calloc(1, sizeof *surface);
  if (!surface) return VA_STATUS_ERROR_ALLOCATION_FAILED;
  surface->fourcc = fourcc;
  surface->width = width;
  surface->height = height;
  surface->layout = layout_of(fourcc, width, height);
  if (memory_make(&surface->memory, driver->device, &surface->layout)) {
    memset(surface->memory.base, 0x55, surface->memory.size); /* no picture looks like that */
    *number = table_add(&driver->surfaces, surface);
    if (*number) return VA_STATUS_SUCCESS;
    memory_free(&surface->memory);
  }
  free(surface);
  return VA_STATUS_ERROR_ALLOCATION_FAILED;
}

static void discard(struct driver *driver, VASurfaceID number) {
  struct surface *surface = table_take(&driver->surfaces, number);
  memory_free(&surface->memory);
  free(surface);
}

static VAStatus create2(VADriverContextP va, unsigned target, unsigned width, unsigned height,
                        VASurfaceID *numbers, unsigned count, VASurfaceAttrib *list,
                        unsigned attributes) {
  uint32_t fourcc = fourcc_of(target);
  if (!fourcc) return VA_STATUS_ERROR_UNSUPPORTED_RT_FORMAT;
  if (!width || !height || width > LARGEST_SIDE || height > LARGEST_SIDE)
    return VA_STATUS_ERROR_RESOLUTION_NOT_SUPPORTED;
  for (unsigned i = 0; i < attributes; i++)
    if (list[i].type == VASurfaceAttribPixelFormat && (uint32_t)list[i].value.value.i != fourcc)
      return VA_STATUS_ERROR_ATTR_NOT_SUPPORTED;
  ENTER(va);
  for (unsigned i = 0; i < count; i++) {
    VAStatus status = make(driver, fourcc, (int)width, (int)height, &numbers[i]);
    if (status == VA_STATUS_SUCCESS) continue;
    while (i)
      discard(driver, numbers[--i]);
    return status;
  }
  return VA_STATUS_SUCCESS;
}

static VAStatus create(VADriverContextP va, int width, int height, int target, int count,
                       VASurfaceID *numbers) {
  if (width < 0 || height < 0 || count < 0) return VA_STATUS_ERROR_INVALID_PARAMETER;
  return create2(va, (unsigned)target, (unsigned)width, (unsigned)height, numbers, (unsigned)count,
                 NULL, 0);
}

static VAStatus destroy(VADriverContextP va, VASurfaceID *numbers, int count) {
  ENTER(va);
  for (int i = 0; i < count; i++) {
    struct surface *surface = table_find(&driver->surfaces, numbers[i]);
    if (!surface) return VA_STATUS_ERROR_INVALID_SURFACE;
    if (surface->images) return VA_STATUS_ERROR_SURFACE_BUSY;
    finish(driver, surface);
    discard(driver, numbers[i]);
  }
  return VA_STATUS_SUCCESS;
}

static VAStatus sync(VADriverContextP va, VASurfaceID number) {
  ENTER(va);
  struct surface *surface = table_find(&driver->surfaces, number);
  if (!surface) return VA_STATUS_ERROR_INVALID_SURFACE;
  long last = driver->faults.sync_errors;
  if (driver->faults.no_sync || (++driver->waits > last && last)) return VA_STATUS_ERROR_HW_BUSY;
  finish(driver, surface);
  return surface->is_spoilt ? VA_STATUS_ERROR_DECODING_ERROR : VA_STATUS_SUCCESS;
}

static VAStatus status_of(VADriverContextP va, VASurfaceID number, VASurfaceStatus *status) {
  ENTER(va);
  struct surface *surface = table_find(&driver->surfaces, number);
  if (!surface) return VA_STATUS_ERROR_INVALID_SURFACE;
  *status = is_pending(driver, surface) ? VASurfaceRendering : VASurfaceReady;
  return VA_STATUS_SUCCESS;
}

void add_surfaces(struct VADriverVTable *table) {
  table->vaCreateSurfaces = create;
  table->vaCreateSurfaces2 = create2;
  table->vaDestroySurfaces = destroy;
  table->vaSyncSurface = sync;
  table->vaQuerySurfaceStatus = status_of;
}
