/* zcsw: a VA-API driver for tests, without hardware: VP9, decoded on the CPU by libavcodec.
 *
 * libva finds it by LIBVA_DRIVERS_PATH and LIBVA_DRIVER_NAME=zcsw. Profile 0 gives NV12, profile 2
 * P010. Streams must show each of their frames (libvpx: -auto-alt-ref 0 -lag-in-frames 0).
 * What libva says to it is checked, and refused by a status. Faults: faults.h.
 */
#ifndef ZCSW_H
#define ZCSW_H

#include "faults.h"
#include "memory.h"
#include "table.h"
#include <pthread.h>
#include <stdbool.h>
#include <va/va.h>
#include <va/va_backend.h>

enum { LARGEST_SIDE = 8192 };

/* What belongs to one VADisplay. */
struct driver {
  pthread_mutex_t lock;
  struct faults faults;
  int device; /* where surfaces are made; -1: in memory of the process */
  struct table configs, surfaces, contexts, buffers, images;
  long pictures; /* that decoding was asked of */
  long waits;
};

struct config {
  VAProfile profile;
  uint32_t fourcc;
};

struct surface {
  uint32_t fourcc;
  int width, height;
  struct layout layout;
  struct memory memory;
  int images;     /* that are this surface's memory */
  bool is_spoilt; /* the picture could not be decoded */
};

struct buffer {
  VABufferType type;
  size_t element, count, room; /* bytes of an element; elements; bytes in all */
  uint8_t *bytes;
  bool is_owned; /* else a surface's memory */
};

/* The driver of a call, locked until the caller's scope ends. */
#define ENTER(va) struct driver *driver __attribute__((cleanup(leave))) = enter(va)
struct driver *enter(VADriverContextP va);
void leave(struct driver **driver);

/* Each fills in the entries of its file. */
void add_configs(struct VADriverVTable *table);
void add_surfaces(struct VADriverVTable *table);
void add_buffers(struct VADriverVTable *table);
void add_pictures(struct VADriverVTable *table);
void add_images(struct VADriverVTable *table);
void add_export(struct VADriverVTable *table);
void add_refusals(struct VADriverVTable *table);

/* The format of a render-target format (VA_RT_FORMAT_*), or 0. */
uint32_t fourcc_of(unsigned target);

struct buffer *buffer_make(VABufferType type, size_t element, size_t count, uint8_t *shared);
void buffer_free(struct buffer *buffer);

/* Decodes what was asked for this surface and has not been decoded yet. */
void finish(struct driver *driver, const struct surface *surface);
bool is_pending(struct driver *driver, const struct surface *surface);

#endif
