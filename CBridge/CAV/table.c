/* Finds FFmpeg's libraries and their functions, and hands out the table. */
#include "shim.h"

#include <dlfcn.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libswresample/version.h>

zcav_functions av;

#define TEXT_OF(number) #number
#define TEXT(number) TEXT_OF(number)

typedef struct {
  const char *name;
  size_t offset;
} entry;

#define ENTRY(name) {#name, offsetof(zcav_functions, name)},
static const entry AVUTIL_ENTRIES[] = {AVUTIL(ENTRY){NULL, 0}};
static const entry AVCODEC_ENTRIES[] = {AVCODEC(ENTRY){NULL, 0}};
static const entry AVFORMAT_ENTRIES[] = {AVFORMAT(ENTRY){NULL, 0}};
static const entry SWSCALE_ENTRIES[] = {SWSCALE(ENTRY){NULL, 0}};
static const entry NO_ENTRIES[] = {{NULL, 0}};

/* Each after those that it needs: so a folder's own are found among what is loaded. */
static const struct {
  const char *file;
  const entry *entries;
} LIBRARIES[] = {
    {"libavutil.so." TEXT(LIBAVUTIL_VERSION_MAJOR), AVUTIL_ENTRIES},
    {"libswresample.so." TEXT(LIBSWRESAMPLE_VERSION_MAJOR), NO_ENTRIES},
    {"libavcodec.so." TEXT(LIBAVCODEC_VERSION_MAJOR), AVCODEC_ENTRIES},
    {"libavformat.so." TEXT(LIBAVFORMAT_VERSION_MAJOR), AVFORMAT_ENTRIES},
    {"libswscale.so." TEXT(LIBSWSCALE_VERSION_MAJOR), SWSCALE_ENTRIES},
};

static char found[256];
static int is_open;

static const zcav_table TABLE = {
    .version = ZCAV_ABI_VERSION,
    .found = found,
    .media_open = media_open,
    .media_again = media_again,
    .media_close = media_close,
    .media_format = media_format,
    .media_stream_count = media_stream_count,
    .media_stream = media_stream,
    .media_best = media_best,
    .media_read = media_read,
    .media_seek = media_seek,
    .packet_create = packet_create,
    .packet_mark = packet_mark,
    .packet_share = packet_share,
    .packet_destroy = packet_destroy,
    .packet_facts = packet_facts,
    .decoder_open = decoder_open,
    .decoder_open_codec = decoder_open_codec,
    .decoder_open_another = decoder_open_another,
    .decoder_close = decoder_close,
    .decoder_facts = decoder_facts,
    .decoder_reason = decoder_reason,
    .decoder_send = decoder_send,
    .decoder_receive = decoder_receive,
    .decoder_flush = decoder_flush,
    .frame_share = frame_share,
    .frame_destroy = frame_destroy,
    .frame_facts = frame_facts,
    .frame_sound = frame_sound,
    .frame_convert = frame_convert,
    .frame_download = frame_download,
    .frame_export = frame_export,
};

static void *open_library(const char *folder, const char *file) {
  char path[PATH_MAX];
  if (!folder) return dlopen(file, RTLD_NOW | RTLD_LOCAL);
  if (snprintf(path, sizeof path, "%s/%s", folder, file) >= (int)sizeof path) return NULL;
  return dlopen(path, RTLD_NOW | RTLD_LOCAL);
}

static zcav_status find_functions(void *library, const char *file, const entry *entries,
                                  zcav_error *err) {
  for (; entries->name; entries++) {
    void *function = dlsym(library, entries->name);
    if (!function)
      return fail(err, ZCAV_UNSUPPORTED, "%s has no %s: it is not FFmpeg's, or was built without",
                  file, entries->name);
    /* Whoever else opens the library right now stores the same. */
    __atomic_store_n((void **)((char *)&av + entries->offset), function, __ATOMIC_RELAXED);
  }
  return ZCAV_OK;
}

static zcav_status find_libraries(const char *folder, zcav_error *err) {
  for (size_t i = 0; i < sizeof LIBRARIES / sizeof *LIBRARIES; i++) {
    const char *file = LIBRARIES[i].file;
    void *library = open_library(folder, file);
    if (!library && LIBRARIES[i].entries == NO_ENTRIES) continue; /* linked in elsewhere, perhaps */
    if (!library) {
      const char *reason = dlerror();
      return fail(err, ZCAV_UNSUPPORTED, "%s", reason ? reason : file);
    }
    zcav_status status = find_functions(library, file, LIBRARIES[i].entries, err);
    if (status != ZCAV_OK) return status;
  }
  return ZCAV_OK;
}

/* An older one has smaller structs than this file was compiled with. */
static zcav_status require_version(const char *name, unsigned version, unsigned needed,
                                   zcav_error *err) {
  if (version >> 16 == needed >> 16 && version >> 8 >= needed >> 8) return ZCAV_OK;
  return fail(err, ZCAV_UNSUPPORTED, "%s is of version %u.%u.%u; this build needs %u.%u or newer",
              name, version >> 16, version >> 8 & 255, version & 255, needed >> 16,
              needed >> 8 & 255);
}

static zcav_status require_versions(zcav_error *err) {
  zcav_status status =
      require_version("libavutil", av.avutil_version(), LIBAVUTIL_VERSION_INT, err);
  if (status == ZCAV_OK)
    status = require_version("libavcodec", av.avcodec_version(), LIBAVCODEC_VERSION_INT, err);
  if (status == ZCAV_OK)
    status = require_version("libavformat", av.avformat_version(), LIBAVFORMAT_VERSION_INT, err);
  if (status == ZCAV_OK)
    status = require_version("libswscale", av.swscale_version(), LIBSWSCALE_VERSION_INT, err);
  return status;
}

static void say_what_was_found(void) {
  unsigned format = av.avformat_version(), codec = av.avcodec_version(), util = av.avutil_version(),
           scale = av.swscale_version();
  snprintf(found, sizeof found,
           "FFmpeg %s: libavformat %u.%u.%u, libavcodec %u.%u.%u, libavutil %u.%u.%u, "
           "libswscale %u.%u.%u",
           av.av_version_info(), format >> 16, format >> 8 & 255, format & 255, codec >> 16,
           codec >> 8 & 255, codec & 255, util >> 16, util >> 8 & 255, util & 255, scale >> 16,
           scale >> 8 & 255, scale & 255);
}

__attribute__((visibility("default"))) zcav_status zcav_open_library(const char *folder,
                                                                     const zcav_table **table,
                                                                     zcav_error *err) {
  if (!__atomic_load_n(&is_open, __ATOMIC_ACQUIRE)) {
    void *theirs = dlopen(LIBRARIES[0].file, RTLD_NOW | RTLD_LOCAL | RTLD_NOLOAD);
    zcav_status status = find_libraries(folder, err);
    if (status == ZCAV_OK) status = require_versions(err);
    if (status != ZCAV_OK) return status;
    say_what_was_found();
    /* The level is the process's: it is ours to set only where nobody else has FFmpeg. */
    if (!theirs && av.av_log_get_level() == AV_LOG_INFO) av.av_log_set_level(AV_LOG_QUIET);
    __atomic_store_n(&is_open, 1, __ATOMIC_RELEASE);
  }
  *table = &TABLE;
  return ZCAV_OK;
}
