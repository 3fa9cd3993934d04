/* Images: pixels that the caller maps, which are a surface's own or a copy of them. */
#include "zcsw.h"
#include <stdlib.h>
#include <string.h>

struct image {
  VAImage facts;
  VASurfaceID surface; /* whose memory it is; 0: its own */
};

static VAImageFormat format_of(uint32_t fourcc) {
  return (VAImageFormat){.fourcc = fourcc,
                         .byte_order = VA_LSB_FIRST,
                         .bits_per_pixel = fourcc == VA_FOURCC_P010 ? 24 : 12};
}

static VAStatus formats(VADriverContextP va, VAImageFormat *list, int *count) {
  (void)va;
  list[0] = format_of(VA_FOURCC_NV12);
  list[1] = format_of(VA_FOURCC_P010);
  *count = 2;
  return VA_STATUS_SUCCESS;
}

static VAStatus make(struct driver *driver, VAImage facts, struct layout layout, VASurfaceID number,
                     VAImage *made) {
  struct surface *surface = table_find(&driver->surfaces, number);
  struct image *image = calloc(1, sizeof *image);
  struct buffer *pixels =
      buffer_make(VAImageBufferType, layout.size, 1, surface ? surface->memory.base : NULL);
  facts.num_planes = 2;
  facts.pitches[0] = facts.pitches[1] = layout.pitch;
  facts.offsets[1] = layout.chroma;
  facts.data_size = layout.size;
  facts.image_id = table_add(&driver->images, image);
  facts.buf = table_add(&driver->buffers, pixels);
  if (facts.image_id && facts.buf) {
    *image = (struct image){.facts = facts, .surface = number};
    if (surface) surface->images++;
    *made = facts;
    return VA_STATUS_SUCCESS;
  }
  table_take(&driver->images, facts.image_id);
  table_take(&driver->buffers, facts.buf);
  if (pixels) buffer_free(pixels);
  free(image);
  return VA_STATUS_ERROR_ALLOCATION_FAILED;
}

static VAStatus create(VADriverContextP va, VAImageFormat *format, int width, int height,
                       VAImage *image) {
  if (format->fourcc != VA_FOURCC_NV12 && format->fourcc != VA_FOURCC_P010)
    return VA_STATUS_ERROR_INVALID_IMAGE_FORMAT;
  if (width <= 0 || height <= 0 || width > LARGEST_SIDE || height > LARGEST_SIDE)
    return VA_STATUS_ERROR_INVALID_PARAMETER;
  ENTER(va);
  VAImage facts = {
      .format = format_of(format->fourcc), .width = (uint16_t)width, .height = (uint16_t)height};
  return make(driver, facts, layout_of(format->fourcc, width, height), 0, image);
}

static VAStatus derive(VADriverContextP va, VASurfaceID number, VAImage *image) {
  ENTER(va);
  if (driver->faults.no_derive) return VA_STATUS_ERROR_OPERATION_FAILED;
  struct surface *surface = table_find(&driver->surfaces, number);
  if (!surface) return VA_STATUS_ERROR_INVALID_SURFACE;
  VAImage facts = {.format = format_of(surface->fourcc),
                   .width = (uint16_t)surface->width,
                   .height = (uint16_t)surface->height};
  return make(driver, facts, surface->layout, number, image);
}

static VAStatus destroy(VADriverContextP va, VAImageID number) {
  ENTER(va);
  struct image *image = table_take(&driver->images, number);
  if (!image) return VA_STATUS_ERROR_INVALID_IMAGE;
  struct buffer *pixels = table_take(&driver->buffers, image->facts.buf);
  if (pixels) buffer_free(pixels);
  struct surface *surface = table_find(&driver->surfaces, image->surface);
  if (surface) surface->images--;
  free(image);
  return VA_STATUS_SUCCESS;
}

/* Whole pictures from their corner: nobody asks for others. */
static VAStatus get(VADriverContextP va, VASurfaceID number, int x, int y, unsigned width,
                    unsigned height, VAImageID into) {
  ENTER(va);
  struct surface *surface = table_find(&driver->surfaces, number);
  struct image *image = table_find(&driver->images, into);
  if (!surface) return VA_STATUS_ERROR_INVALID_SURFACE;
  if (!image) return VA_STATUS_ERROR_INVALID_IMAGE;
  struct buffer *pixels = table_find(&driver->buffers, image->facts.buf);
  const VAImage *facts = &image->facts;
  if (!pixels || facts->format.fourcc != surface->fourcc || x || y || width > facts->width ||
      height > facts->height || width > (unsigned)surface->width ||
      height > (unsigned)surface->height)
    return VA_STATUS_ERROR_INVALID_PARAMETER;
  size_t bytes = (size_t)((width + 1) & ~1u) * (size_t)sample_size(surface->fourcc);
  for (unsigned row = 0; row < height; row++)
    memcpy(pixels->bytes + (size_t)row * facts->pitches[0],
           surface->memory.base + (size_t)row * surface->layout.pitch, bytes);
  for (unsigned row = 0; row < (height + 1) / 2; row++)
    memcpy(pixels->bytes + facts->offsets[1] + (size_t)row * facts->pitches[1],
           surface->memory.base + surface->layout.chroma + (size_t)row * surface->layout.pitch,
           bytes);
  return VA_STATUS_SUCCESS;
}

void add_images(struct VADriverVTable *table) {
  table->vaQueryImageFormats = formats;
  table->vaCreateImage = create;
  table->vaDeriveImage = derive;
  table->vaDestroyImage = destroy;
  table->vaGetImage = get;
}
