#include "shim.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

zcav_status fail(zcav_error *err, zcav_status status, const char *format, ...) {
  va_list arguments;
  if (!err) return status;
  err->code = 0;
  va_start(arguments, format);
  vsnprintf(err->text, sizeof err->text, format, arguments);
  va_end(arguments);
  return status;
}

zcav_status no_memory(zcav_error *err) { return fail(err, ZCAV_NO_MEMORY, "out of memory"); }

static zcav_status status_of(int code) {
  switch (code) {
    case AVERROR(ENOMEM): return ZCAV_NO_MEMORY;
    case AVERROR(ENOENT):
    case AVERROR(EACCES): return ZCAV_NO_FILE;
    case AVERROR(ENOSYS):
    case AVERROR_PATCHWELCOME:
    case AVERROR_DECODER_NOT_FOUND:
    case AVERROR_DEMUXER_NOT_FOUND: return ZCAV_UNSUPPORTED;
    default: return ZCAV_FAILED;
  }
}

zcav_status fail_code(zcav_error *err, int code, const char *doing) {
  char words[AV_ERROR_MAX_STRING_SIZE] = "";
  av.av_strerror(code, words, sizeof words);
  zcav_status status = fail(err, status_of(code), "%s: %s", doing, words);
  if (err) err->code = code;
  return status;
}

void copy_name(char *to, size_t size, const char *from) {
  snprintf(to, size, "%s", from ? from : "");
}
