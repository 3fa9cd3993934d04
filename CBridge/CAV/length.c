/* How long a file says it is. */
#include "shim.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct {
  const uint8_t *bytes;
  size_t size, at;
} head;

/* A number of EBML (RFC 8794, 4): its first bit that is set tells of how many bytes. With or
 * without that bit; -1 where there is none, or where it stands for "unknown". */
static int64_t ebml_number(head *from, int keeps_mark) {
  if (from->at >= from->size || !from->bytes[from->at]) return -1;
  int length = __builtin_clz(from->bytes[from->at]) - 23;
  if (from->size - from->at < (size_t)length) return -1;
  uint64_t number = from->bytes[from->at];
  uint64_t unknown = (UINT64_C(1) << 7 * length) - 1;
  if (!keeps_mark) number &= 0xffu >> length;
  for (int i = 1; i < length; i++)
    number = number << 8 | from->bytes[from->at + (size_t)i];
  from->at += (size_t)length;
  return !keeps_mark && number == unknown ? -1 : (int64_t)number;
}

/* Where Matroska's segment ends. */
static int64_t segment_end(head from) {
  enum { EBML = 0x1a45dfa3, SEGMENT = 0x18538067 };
  for (;;) {
    int64_t kind = ebml_number(&from, 1);
    int64_t size = ebml_number(&from, 0);
    if (kind < 0 || size < 0) return 0;
    if (kind == SEGMENT) return (int64_t)from.at + size;
    if ((uint64_t)size > from.size - from.at) return 0;
    from.at += (size_t)size;
  }
}

/* Where the first RIFF chunk ends. */
static int64_t riff_end(head from) {
  if (from.size < 8 || memcmp(from.bytes, "RIFF", 4) != 0) return 0;
  uint32_t size = from.bytes[4] | (uint32_t)from.bytes[5] << 8 | (uint32_t)from.bytes[6] << 16 |
                  (uint32_t)from.bytes[7] << 24;
  return size == 0 || size == UINT32_MAX ? 0 : (int64_t)size + 8;
}

int file_is_short(int descriptor, const char *format) {
  uint8_t bytes[1024];
  struct stat facts;
  ssize_t count = pread(descriptor, bytes, sizeof bytes, 0);
  if (count <= 0 || fstat(descriptor, &facts)) return 0;
  head from = {.bytes = bytes, .size = (size_t)count};
  int64_t end = strstr(format, "matroska")   ? segment_end(from)
                : strcmp(format, "avi") == 0 ? riff_end(from)
                                             : 0;
  return end > facts.st_size;
}
