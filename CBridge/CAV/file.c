/* A file's bytes. FFmpeg gets no protocol of its own, so that whatever a file says, no other file
 * is read, and no network. */
#include "shim.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BUFFER_SIZE = 32 * 1024 };

typedef struct {
  int descriptor;
  int64_t place;
} position;

static zcav_status refuse_kind(mode_t mode, zcav_error *err) {
  if (S_ISDIR(mode)) return fail(err, ZCAV_NO_FILE, "it is a folder");
  return fail(err, ZCAV_UNSUPPORTED,
              "it is a %s; only regular files can be opened, since others may never end",
              S_ISFIFO(mode)   ? "pipe"
              : S_ISSOCK(mode) ? "socket"
                               : "device");
}

zcav_status file_open(const char *path, int *descriptor, zcav_error *err) {
  struct stat facts;
  if (stat(path, &facts)) return fail(err, ZCAV_NO_FILE, "%s", strerror(errno));
  /* To open a device may do something to it, so it is looked at first. */
  if (!S_ISREG(facts.st_mode)) return refuse_kind(facts.st_mode, err);
  int opened = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  if (opened < 0) return fail(err, ZCAV_NO_FILE, "%s", strerror(errno));
  /* It may be another by now. */
  if (fstat(opened, &facts) || !S_ISREG(facts.st_mode)) {
    close(opened);
    return refuse_kind(facts.st_mode, err);
  }
  *descriptor = opened;
  return ZCAV_OK;
}

static int read_bytes(void *opaque, uint8_t *buffer, int size) {
  position *here = opaque;
  ssize_t count;
  do
    count = pread(here->descriptor, buffer, (size_t)size, here->place);
  while (count < 0 && errno == EINTR);
  if (count < 0) return AVERROR(errno);
  if (count == 0) return AVERROR_EOF;
  here->place += count;
  return (int)count;
}

static int64_t move(void *opaque, int64_t offset, int whence) {
  position *here = opaque;
  struct stat facts;
  if (fstat(here->descriptor, &facts)) return AVERROR(errno);
  int64_t place;
  switch (whence & ~AVSEEK_FORCE) {
    case AVSEEK_SIZE: return facts.st_size;
    case SEEK_SET: place = offset; break;
    case SEEK_CUR:
      if (__builtin_add_overflow(here->place, offset, &place)) return AVERROR(EINVAL);
      break;
    case SEEK_END:
      if (__builtin_add_overflow((int64_t)facts.st_size, offset, &place)) return AVERROR(EINVAL);
      break;
    default: return AVERROR(EINVAL);
  }
  if (place < 0) return AVERROR(EINVAL);
  return here->place = place;
}

AVIOContext *file_reader(int descriptor) {
  position *here = av.av_mallocz(sizeof *here);
  uint8_t *buffer = av.av_malloc(BUFFER_SIZE);
  AVIOContext *reader = NULL;
  if (here && buffer) {
    here->descriptor = descriptor;
    reader = av.avio_alloc_context(buffer, BUFFER_SIZE, 0, here, read_bytes, NULL, move);
  }
  if (!reader) {
    av.av_free(buffer);
    av.av_free(here);
  }
  return reader;
}

void file_reader_close(AVIOContext *reader) {
  if (!reader) return;
  av.av_free(reader->opaque);
  av.av_freep(&reader->buffer);
  av.avio_context_free(&reader);
}
