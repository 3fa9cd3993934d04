#include "shim.h"

#include <string.h>

AVStream *media_stream_at(const zcav_media *media, int32_t index) {
  if (!media->format || index < 0 || (unsigned)index >= media->format->nb_streams) return NULL;
  return media->format->streams[index];
}

const char *media_format(zcav_media *media) {
  return media->format && media->format->iformat->name ? media->format->iformat->name : "";
}

int32_t media_stream_count(zcav_media *media) {
  return media->format ? (int32_t)media->format->nb_streams : 0;
}

int32_t media_best(zcav_media *media, int32_t kind) {
  enum AVMediaType type = kind == ZCAV_VIDEO   ? AVMEDIA_TYPE_VIDEO
                          : kind == ZCAV_AUDIO ? AVMEDIA_TYPE_AUDIO
                                               : AVMEDIA_TYPE_UNKNOWN;
  if (!media->format || type == AVMEDIA_TYPE_UNKNOWN) return -1;
  int found = av.av_find_best_stream(media->format, type, -1, -1, NULL, 0);
  return found >= 0 ? found : -1;
}

static const int32_t *display_matrix(const AVStream *stream) {
#if LIBAVCODEC_VERSION_INT >= AV_VERSION_INT(60, 30, 100)
  const AVPacketSideData *found =
      av.av_packet_side_data_get(stream->codecpar->coded_side_data,
                                 stream->codecpar->nb_coded_side_data, AV_PKT_DATA_DISPLAYMATRIX);
  return found && found->size >= 9 * sizeof(int32_t) ? (const int32_t *)found->data : NULL;
#else
  size_t size = 0;
  uint8_t *found = av.av_stream_get_side_data(stream, AV_PKT_DATA_DISPLAYMATRIX, &size);
  return found && size >= 9 * sizeof(int32_t) ? (const int32_t *)found : NULL;
#endif
}

int is_image(const AVInputFormat *kind) {
  size_t length = strlen(kind->name);
  return strcmp(kind->name, "image2") == 0 || strcmp(kind->name, "ico") == 0 ||
         (length > 5 && strcmp(kind->name + length - 5, "_pipe") == 0);
}

/* A codec's stream as it is: FFmpeg makes up its times from a rate. */
static int is_raw(const AVInputFormat *kind) {
  static const char *const RAW[] = {"avs2",      "avs3", "cavsvideo", "dirac", "dnxhd", "evc",
                                    "h261",      "h263", "h264",      "hevc",  "m4v",   "mjpeg",
                                    "mpegvideo", "obu",  "vc1",       "vvc"};
  for (size_t i = 0; i < sizeof RAW / sizeof *RAW; i++)
    if (strcmp(kind->name, RAW[i]) == 0) return 1;
  return (kind->flags & AVFMT_NOTIMESTAMPS) || is_image(kind);
}

static int64_t duration_of(const AVFormatContext *format, const AVStream *stream) {
  if (stream->duration != AV_NOPTS_VALUE) return stream->duration;
  if (format->duration == AV_NOPTS_VALUE || stream->time_base.num <= 0) return ZCAV_NO_TIME;
  return av.av_rescale_q(format->duration, (AVRational){1, AV_TIME_BASE}, stream->time_base);
}

static void describe_video(AVFormatContext *format, AVStream *inner, zcav_stream *stream) {
  const AVCodecParameters *codec = inner->codecpar;
  stream->kind = ZCAV_VIDEO;
  copy_name(stream->pixel_format, sizeof stream->pixel_format,
            av.av_get_pix_fmt_name((enum AVPixelFormat)codec->format));
  stream->width = codec->width;
  stream->height = codec->height;
  stream->frame_rate = ratio_of(av.av_guess_frame_rate(format, inner, NULL));
  stream->sample_aspect = ratio_of(av.av_guess_sample_aspect_ratio(format, inner, NULL));
  turn_of(display_matrix(inner), &stream->turn, &stream->is_mirrored);
  stream->is_still =
      is_image(format->iformat) || (inner->disposition & AV_DISPOSITION_ATTACHED_PIC);
  stream->color = color_of(codec->color_space, codec->color_primaries, codec->color_trc,
                           codec->color_range, codec->chroma_location);
}

void media_stream(zcav_media *media, int32_t index, zcav_stream *stream) {
  memset(stream, 0, sizeof *stream);
  stream->index = index;
  stream->time_base = stream->frame_rate = stream->sample_aspect = (zcav_ratio){0, 1};
  stream->start = stream->duration = ZCAV_NO_TIME;
  AVStream *inner = media_stream_at(media, index);
  if (!inner) return;
  const AVCodecParameters *codec = inner->codecpar;
  copy_name(stream->codec, sizeof stream->codec, av.avcodec_get_name(codec->codec_id));
  stream->time_base = ratio_of(inner->time_base);
  stream->start = inner->start_time;
  stream->duration = duration_of(media->format, inner);
  stream->frame_count = inner->nb_frames > 0 ? inner->nb_frames : 0;
  stream->entry_count = av.avformat_index_get_entries_count(inner);
  stream->has_times = !is_raw(media->format->iformat);
  if (codec->codec_type == AVMEDIA_TYPE_VIDEO) describe_video(media->format, inner, stream);
  if (codec->codec_type == AVMEDIA_TYPE_AUDIO) {
    stream->kind = ZCAV_AUDIO;
    stream->sample_rate = codec->sample_rate;
    stream->channels = codec->ch_layout.nb_channels;
  }
}
