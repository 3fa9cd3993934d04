/* Where libva comes in, and what a display is. */
#include "zcsw.h"
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

struct driver *enter(VADriverContextP va) {
  struct driver *driver = va->pDriverData;
  pthread_mutex_lock(&driver->lock);
  return driver;
}

void leave(struct driver **driver) { pthread_mutex_unlock(&(*driver)->lock); }

static bool is_empty(const struct driver *driver) {
  return !driver->configs.count && !driver->surfaces.count && !driver->contexts.count &&
         !driver->buffers.count && !driver->images.count;
}

static VAStatus terminate(VADriverContextP va) {
  struct driver *driver = va->pDriverData;
  va->pDriverData = NULL;
  if (!is_empty(driver)) /* a leak of the caller's, which a test is to see */
    fprintf(stderr,
            "zcsw: left behind: %u configs, %u surfaces, %u contexts, %u buffers, %u images\n",
            driver->configs.count, driver->surfaces.count, driver->contexts.count,
            driver->buffers.count, driver->images.count);
  if (driver->device >= 0) close(driver->device);
  pthread_mutex_destroy(&driver->lock);
  free(driver);
  return VA_STATUS_SUCCESS;
}

static struct driver *driver_make(void) {
  struct driver *driver = calloc(1, sizeof *driver);
  if (!driver) return NULL;
  pthread_mutex_init(&driver->lock, NULL);
  driver->faults = faults_from_environment();
  driver->configs.base = 0x10000;
  driver->surfaces.base = 0x20000;
  driver->contexts.base = 0x30000;
  driver->buffers.base = 0x40000;
  driver->images.base = 0x50000;
  driver->device = -1;
  return driver;
}

static VAStatus start(VADriverContextP va) {
  struct driver *driver = driver_make();
  if (!driver) return VA_STATUS_ERROR_ALLOCATION_FAILED;
  /* A device of its own: handles of dumb buffers must not be shared with libva's. */
  const char *device = getenv("ZCSW_DRM");
  if (device && *device) driver->device = open(device, O_RDWR | O_CLOEXEC);
  if (driver->faults.no_init || (device && *device && driver->device < 0)) {
    free(driver);
    return VA_STATUS_ERROR_OPERATION_FAILED;
  }
  va->pDriverData = driver;
  va->version_major = VA_MAJOR_VERSION;
  va->version_minor = VA_MINOR_VERSION;
  va->max_profiles = 2;
  va->max_entrypoints = 1;
  va->max_attributes = 8;
  va->max_image_formats = 2;
  va->max_subpic_formats = 1;
  va->max_display_attributes = 1;
  va->str_vendor = "zcsw, a driver for tests";
  va->vtable->vaTerminate = terminate;
  add_configs(va->vtable);
  add_surfaces(va->vtable);
  add_buffers(va->vtable);
  add_pictures(va->vtable);
  add_images(va->vtable);
  add_export(va->vtable);
  add_refusals(va->vtable);
  return VA_STATUS_SUCCESS;
}

/* libva looks for the entry of its own version, and of older ones. */
#define ENTRY_OF(minor) __vaDriverInit_1_##minor
#define ENTRY(minor) ENTRY_OF(minor)
__attribute__((visibility("default"))) VAStatus ENTRY(VA_MINOR_VERSION)(VADriverContextP va);
VAStatus ENTRY(VA_MINOR_VERSION)(VADriverContextP va) { return start(va); }
