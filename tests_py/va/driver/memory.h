/* Memory that a surface lies in: a dumb buffer of a DRM device, or a memfd. */
#ifndef ZCSW_MEMORY_H
#define ZCSW_MEMORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* How NV12 or P010 lies in memory: rows of luma, then rows of chroma pairs. */
struct layout {
  uint32_t pitch;  /* bytes from one row to the next, of both planes */
  uint32_t chroma; /* offset of the second plane */
  uint32_t size;
};

struct layout layout_of(uint32_t fourcc, int width, int height);
/* Bytes of one sample: 1 for NV12, 2 for P010. */
int sample_size(uint32_t fourcc);

struct memory {
  int device;      /* -1: a memfd */
  uint32_t handle; /* of the dumb buffer */
  int fd;          /* the DMA-BUF, or the memfd */
  uint8_t *base;
  size_t size;
};

/* `layout` becomes what the device made of it. */
bool memory_make(struct memory *memory, int device, struct layout *layout);
void memory_free(struct memory *memory);

#endif
