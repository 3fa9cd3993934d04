#include "shim.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Files that name other files, or run something. Refused in words; were one not in this list, what
 * it names could not be opened all the same. */
static const char *const LISTS[] = {"avisynth",
                                    "concat",
                                    "dash",
                                    "hls",
                                    "imf",
                                    "lavfi",
                                    "rtp",
                                    "rtsp",
                                    "sap",
                                    "sdp",
                                    "vobsub",
                                    "vapoursynth",
                                    "webm_dash_manifest"};

/* What a demuxer opens beside the reader it was given: the file itself (a still's), and no other.
 */
static int open_again(AVFormatContext *format, AVIOContext **reader, const char *url, int flags,
                      AVDictionary **options) {
  zcav_media *media = format->opaque;
  (void)options;
  if (!media || (flags & AVIO_FLAG_WRITE) || strcmp(url, media->path) != 0) return AVERROR(EPERM);
  *reader = file_reader(media->descriptor);
  return *reader ? 0 : AVERROR(ENOMEM);
}

static int close_again(AVFormatContext *format, AVIOContext *reader) {
  (void)format;
  file_reader_close(reader);
  return 0;
}

static int is_list(const AVInputFormat *kind) {
  for (size_t i = 0; i < sizeof LISTS / sizeof *LISTS; i++)
    if (strcmp(kind->name, LISTS[i]) == 0) return 1;
  return 0;
}

static int open_format(zcav_media *media, const AVInputFormat *kind) {
  AVDictionary *options = NULL;
  AVFormatContext *format = av.avformat_alloc_context();
  if (!format) return AVERROR(ENOMEM);
  format->pb = media->reader;
  format->opaque = media;
  format->io_open = open_again;
  format->io_close2 = close_again;
  format->max_streams = ZCAV_MOST_STREAMS;
  int code = av.av_dict_set(&options, "protocol_whitelist", "none", 0);
  if (code >= 0)
    code = av.avformat_open_input(&format, media->path, kind, &options); /* frees it on failure */
  else
    av.avformat_free_context(format);
  av.av_dict_free(&options);
  if (code < 0) return code;
  code = av.avformat_find_stream_info(format, NULL);
  if (code < 0) {
    av.avformat_close_input(&format);
    return code;
  }
  media->format = format;
  media->selected = -1;
  return 0;
}

/* From the first byte on; what was open before is closed. */
static zcav_status begin(zcav_media *media, zcav_error *err) {
  const AVInputFormat *kind = NULL;
  av.avformat_close_input(&media->format);
  file_reader_close(media->reader);
  media->reader = file_reader(media->descriptor);
  if (!media->reader) return no_memory(err);
  int code = av.av_probe_input_buffer2(media->reader, &kind, media->path, NULL, 0, 0);
  if (code < 0) return fail_code(err, code, "it is in no format that FFmpeg knows");
  if (is_list(kind))
    return fail(err, ZCAV_UNSUPPORTED, "it is a list of other files (%s); open those themselves",
                kind->name);
  code = open_format(media, kind);
  if (code < 0) return fail_code(err, code, kind->long_name ? kind->long_name : kind->name);
  return ZCAV_OK;
}

/* Takes the descriptor, whatever becomes of it. */
static zcav_status open_file(const char *path, int descriptor, zcav_media **media,
                             zcav_error *err) {
  zcav_media *made = calloc(1, sizeof *made);
  if (!made) {
    close(descriptor);
    return no_memory(err);
  }
  made->descriptor = descriptor;
  made->path = strdup(path);
  zcav_status status = made->path ? begin(made, err) : no_memory(err);
  if (status != ZCAV_OK) {
    media_close(made);
    return status;
  }
  *media = made;
  return ZCAV_OK;
}

zcav_status media_open(const char *path, zcav_media **media, zcav_error *err) {
  int descriptor;
  zcav_status status = file_open(path, &descriptor, err);
  return status == ZCAV_OK ? open_file(path, descriptor, media, err) : status;
}

zcav_status media_again(zcav_media *media, zcav_media **other, zcav_error *err) {
  int descriptor = fcntl(media->descriptor, F_DUPFD_CLOEXEC, 0);
  if (descriptor < 0) return fail(err, ZCAV_NO_FILE, "%s", strerror(errno));
  return open_file(media->path, descriptor, other, err);
}

void media_close(zcav_media *media) {
  if (!media) return;
  if (media->format) av.avformat_close_input(&media->format);
  if (media->reader) file_reader_close(media->reader);
  if (media->descriptor >= 0) close(media->descriptor);
  free(media->path);
  free(media);
}

static void select_stream(zcav_media *media, int32_t stream) {
  if (media->selected == stream) return;
  for (unsigned i = 0; i < media->format->nb_streams; i++)
    media->format->streams[i]->discard = (int32_t)i == stream ? AVDISCARD_DEFAULT : AVDISCARD_ALL;
  media->selected = stream;
}

static zcav_status require_stream(zcav_media *media, int32_t stream, zcav_error *err) {
  if (!media->format) return fail(err, ZCAV_FAILED, "reading it anew failed before");
  if (!media_stream_at(media, stream))
    return fail(err, ZCAV_FAILED, "there is no stream %d; there are %u", stream,
                media->format->nb_streams);
  return ZCAV_OK;
}

static int is_video(const zcav_media *media, int32_t stream) {
  return media_stream_at(media, stream)->codecpar->codec_type == AVMEDIA_TYPE_VIDEO;
}

/* A picture whose last bytes are not there. */
static int is_cut(const zcav_media *media, const AVPacket *packet) {
  return (packet->flags & AV_PKT_FLAG_CORRUPT) && media->reader->eof_reached &&
         is_video(media, packet->stream_index);
}

zcav_status media_read(zcav_media *media, int32_t stream, zcav_packet **packet, zcav_error *err) {
  enum { MOST_EMPTY_ANSWERS = 1000 };
  zcav_status status = require_stream(media, stream, err);
  if (status != ZCAV_OK) return status;
  select_stream(media, stream);
  zcav_packet *made = packet_alloc();
  if (!made) return no_memory(err);
  int code, empty = 0;
  do {
    av.av_packet_unref(made->packet);
    code = av.av_read_frame(media->format, made->packet);
    /* Some demuxers say this between packets; none waits for anything in a file. */
    if (code == AVERROR(EAGAIN) && ++empty > MOST_EMPTY_ANSWERS) code = AVERROR_INVALIDDATA;
  } while (code == AVERROR(EAGAIN) || (code >= 0 && made->packet->stream_index != stream));
  if (code >= 0 && !is_cut(media, made->packet)) {
    *packet = made;
    return ZCAV_OK;
  }
  packet_destroy(made);
  if (code >= 0) return fail(err, ZCAV_FAILED, "the file ends within a frame");
  /* A disk that fails looks like the end to some demuxers. */
  if (code == AVERROR_EOF && media->reader->error < 0 && media->reader->error != AVERROR_EOF)
    code = media->reader->error;
  if (code != AVERROR_EOF) return fail_code(err, code, "reading");
  if (is_video(media, stream) && file_is_short(media->descriptor, media_format(media)))
    return fail(err, ZCAV_FAILED,
                "the file is shorter than it says, and its last frames are missing");
  return ZCAV_END;
}

zcav_status media_seek(zcav_media *media, int32_t stream, int64_t time, zcav_error *err) {
  const int64_t LATEST = INT64_C(1) << 56;
  zcav_status status = require_stream(media, stream, err);
  if (status != ZCAV_OK) return status;
  select_stream(media, stream);
  /* Demuxers add to it without a look. */
  time = time < -LATEST ? -LATEST : time > LATEST ? LATEST : time;
  /* Those of images say that they did, and have nothing more. */
  if (!is_image(media->format->iformat) &&
      av.av_seek_frame(media->format, stream, time, AVSEEK_FLAG_BACKWARD) >= 0)
    return ZCAV_OK;
  /* The demuxer may stand anywhere now. */
  status = begin(media, err);
  return status == ZCAV_OK ? require_stream(media, stream, err) : status;
}
