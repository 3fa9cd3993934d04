/* Buffers: what is said of a picture, its bytes, and images' pixels. */
#include "zcsw.h"
#include <stdlib.h>
#include <string.h>

enum { LARGEST_BUFFER = 1 << 28 };

struct buffer *buffer_make(VABufferType type, size_t element, size_t count, uint8_t *shared) {
  size_t room;
  if (__builtin_mul_overflow(element, count, &room) || room > LARGEST_BUFFER) return NULL;
  struct buffer *buffer = calloc(1, sizeof *buffer);
  uint8_t *bytes = shared ? shared : calloc(1, room ? room : 1);
  if (!buffer || !bytes) {
    free(buffer);
    if (!shared) free(bytes);
    return NULL;
  }
  *buffer = (struct buffer){.type = type,
                            .element = element,
                            .count = count,
                            .room = room,
                            .bytes = bytes,
                            .is_owned = !shared};
  return buffer;
}

void buffer_free(struct buffer *buffer) {
  if (buffer->is_owned) free(buffer->bytes);
  free(buffer);
}

static VAStatus create(VADriverContextP va, VAContextID context, VABufferType type, unsigned size,
                       unsigned count, void *data, VABufferID *number) {
  ENTER(va);
  if (!table_find(&driver->contexts, context)) return VA_STATUS_ERROR_INVALID_CONTEXT;
  struct buffer *buffer = buffer_make(type, size, count, NULL);
  if (!buffer) return VA_STATUS_ERROR_ALLOCATION_FAILED;
  if (data) memcpy(buffer->bytes, data, buffer->room);
  *number = table_add(&driver->buffers, buffer);
  if (*number) return VA_STATUS_SUCCESS;
  buffer_free(buffer);
  return VA_STATUS_ERROR_ALLOCATION_FAILED;
}

static VAStatus set_count(VADriverContextP va, VABufferID number, unsigned count) {
  ENTER(va);
  struct buffer *buffer = table_find(&driver->buffers, number);
  if (!buffer) return VA_STATUS_ERROR_INVALID_BUFFER;
  if (buffer->element && count > buffer->room / buffer->element)
    return VA_STATUS_ERROR_INVALID_PARAMETER;
  buffer->count = count;
  return VA_STATUS_SUCCESS;
}

static VAStatus map(VADriverContextP va, VABufferID number, void **bytes) {
  ENTER(va);
  struct buffer *buffer = table_find(&driver->buffers, number);
  if (!buffer) return VA_STATUS_ERROR_INVALID_BUFFER;
  *bytes = buffer->bytes;
  return VA_STATUS_SUCCESS;
}

static VAStatus unmap(VADriverContextP va, VABufferID number) {
  ENTER(va);
  bool is_there = table_find(&driver->buffers, number);
  return is_there ? VA_STATUS_SUCCESS : VA_STATUS_ERROR_INVALID_BUFFER;
}

static VAStatus destroy(VADriverContextP va, VABufferID number) {
  ENTER(va);
  struct buffer *buffer = table_take(&driver->buffers, number);
  if (!buffer) return VA_STATUS_ERROR_INVALID_BUFFER;
  buffer_free(buffer);
  return VA_STATUS_SUCCESS;
}

void add_buffers(struct VADriverVTable *table) {
  table->vaCreateBuffer = create;
  table->vaBufferSetNumElements = set_count;
  table->vaMapBuffer = map;
  table->vaUnmapBuffer = unmap;
  table->vaDestroyBuffer = destroy;
}
