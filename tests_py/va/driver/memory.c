#define _GNU_SOURCE
#include "memory.h"
#include <drm.h>
#include <drm_mode.h>
#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>
#include <va/va.h>

int sample_size(uint32_t fourcc) { return fourcc == VA_FOURCC_P010 ? 2 : 1; }

static struct layout with_pitch(uint32_t pitch, int height) {
  uint32_t rows = ((uint32_t)height + 1) & ~1u;
  return (struct layout){.pitch = pitch, .chroma = pitch * rows, .size = pitch * rows / 2 * 3};
}

struct layout layout_of(uint32_t fourcc, int width, int height) {
  uint32_t bytes = (((uint32_t)width + 1) & ~1u) * (uint32_t)sample_size(fourcc);
  return with_pitch((bytes + 63) & ~63u, height);
}

static bool make_dumb(struct memory *memory, struct layout *layout) {
  uint32_t rows = layout->size / layout->pitch;
  struct drm_mode_create_dumb made = {.width = layout->pitch, .height = rows, .bpp = 8};
  if (ioctl(memory->device, DRM_IOCTL_MODE_CREATE_DUMB, &made)) return false;
  memory->handle = made.handle;
  memory->size = made.size;
  *layout = with_pitch(made.pitch, (int)(rows / 3 * 2));
  struct drm_mode_map_dumb map = {.handle = made.handle};
  if (ioctl(memory->device, DRM_IOCTL_MODE_MAP_DUMB, &map)) return false;
  memory->base = mmap(NULL, memory->size, PROT_READ | PROT_WRITE, MAP_SHARED, memory->device,
                      (off_t)map.offset);
  struct drm_prime_handle prime = {.handle = made.handle, .flags = DRM_CLOEXEC | DRM_RDWR};
  if (ioctl(memory->device, DRM_IOCTL_PRIME_HANDLE_TO_FD, &prime)) return false;
  memory->fd = prime.fd;
  return memory->base != MAP_FAILED && memory->size >= layout->size;
}

static bool make_memfd(struct memory *memory, const struct layout *layout) {
  memory->size = layout->size;
  memory->fd = memfd_create("zcsw", MFD_CLOEXEC);
  if (memory->fd < 0 || ftruncate(memory->fd, (off_t)memory->size)) return false;
  memory->base = mmap(NULL, memory->size, PROT_READ | PROT_WRITE, MAP_SHARED, memory->fd, 0);
  return memory->base != MAP_FAILED;
}

bool memory_make(struct memory *memory, int device, struct layout *layout) {
  *memory = (struct memory){.device = device, .fd = -1, .base = MAP_FAILED};
  if (device >= 0 ? make_dumb(memory, layout) : make_memfd(memory, layout)) return true;
  memory_free(memory);
  return false;
}

void memory_free(struct memory *memory) {
  if (memory->base != MAP_FAILED) munmap(memory->base, memory->size);
  if (memory->fd >= 0) close(memory->fd);
  struct drm_mode_destroy_dumb destroy = {.handle = memory->handle};
  if (memory->handle) ioctl(memory->device, DRM_IOCTL_MODE_DESTROY_DUMB, &destroy);
  *memory = (struct memory){.device = -1, .fd = -1, .base = MAP_FAILED};
}
