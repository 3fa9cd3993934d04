#include "shim.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

enum {
  /* Added to a message's level, whose low byte alone counts: above every level of FFmpeg's log, so
   * that a decoder's words go nowhere. They come as errors. */
  SILENCE = 128,
  /* No codec has so much. */
  MOST_EXTRADATA = 1 << 24,
};

static int thread_count(int32_t wanted) {
  int processors = av.av_cpu_count();
  int most = processors < 1 ? 1 : processors;
  if (wanted > 0) return wanted < most ? wanted : most;
  return most < ZCAV_MOST_THREADS ? most : ZCAV_MOST_THREADS;
}

static void set_up(AVCodecContext *context, const zcav_decoder_options *options) {
  context->log_level_offset = SILENCE;
  context->thread_count = thread_count(options->threads);
  context->thread_type = FF_THREAD_FRAME | FF_THREAD_SLICE;
  context->apply_cropping = 1;
  /* Without this the picture keeps up to 31 columns that are not to be seen. */
  context->flags |= AV_CODEC_FLAG_UNALIGNED;
  if (options->is_strict) {
    context->err_recognition |= AV_EF_EXPLODE;
    unwritten_watch(context);
  }
#if LIBAVCODEC_VERSION_MAJOR >= 60
  context->flags |= AV_CODEC_FLAG_COPY_OPAQUE;
#endif
}

/* Opens the codec of a decoder whose context has its parameters. */
static zcav_status open_codec(zcav_decoder *decoder, const AVCodec *codec,
                              const zcav_decoder_options *options, zcav_error *err) {
  set_up(decoder->context, options);
  decoder->is_strict = options->is_strict;
  decoder->parameters = av.avcodec_parameters_alloc();
  if (!decoder->parameters) return no_memory(err);
  int code = av.avcodec_parameters_from_context(decoder->parameters, decoder->context);
  if (code < 0) return fail_code(err, code, codec->name);
  if (options->device) {
    zcav_status status = device_join(decoder, codec, options, err);
    if (status != ZCAV_OK) return status;
  }
  code = av.avcodec_open2(decoder->context, codec, NULL);
  return code < 0 ? fail_code(err, code, codec->name) : ZCAV_OK;
}

static zcav_status require_picture_or_sound(const AVCodec *codec, zcav_error *err) {
  if (codec->type == AVMEDIA_TYPE_VIDEO || codec->type == AVMEDIA_TYPE_AUDIO) return ZCAV_OK;
  return fail(err, ZCAV_UNSUPPORTED, "%s is neither pictures nor sound", codec->name);
}

static zcav_decoder *decoder_alloc(const AVCodec *codec) {
  zcav_decoder *made = calloc(1, sizeof *made);
  if (made) made->context = av.avcodec_alloc_context3(codec);
  if (made) made->is_drained = 1;
  if (!made || made->context) return made;
  free(made);
  return NULL;
}

/* Gives what was made where it could be opened, and closes it where not. */
static zcav_status give(zcav_decoder *made, zcav_status status, zcav_decoder **decoder) {
  if (status == ZCAV_OK)
    *decoder = made;
  else
    decoder_close(made);
  return status;
}

zcav_status decoder_open(zcav_media *media, int32_t stream, const zcav_decoder_options *options,
                         zcav_decoder **decoder, zcav_error *err) {
  AVStream *inner = media_stream_at(media, stream);
  if (!inner) return fail(err, ZCAV_FAILED, "there is no stream %d", stream);
  const AVCodec *codec = av.avcodec_find_decoder(inner->codecpar->codec_id);
  if (!codec)
    return fail(err, ZCAV_UNSUPPORTED, "this FFmpeg has no decoder for %s",
                av.avcodec_get_name(inner->codecpar->codec_id));
  zcav_status status = require_picture_or_sound(codec, err);
  if (status != ZCAV_OK) return status;
  zcav_decoder *made = decoder_alloc(codec);
  if (!made) return no_memory(err);
  made->sample_aspect = inner->sample_aspect_ratio;
  int code = av.avcodec_parameters_to_context(made->context, inner->codecpar);
  made->context->pkt_timebase = inner->time_base;
  status = code < 0 ? fail_code(err, code, codec->name) : open_codec(made, codec, options, err);
  return give(made, status, decoder);
}

static const AVCodec *find_by_name(const char *name) {
  /* By what is coded first: a decoder that is called so may need a device. */
  const AVCodecDescriptor *described = av.avcodec_descriptor_get_by_name(name);
  const AVCodec *codec = described ? av.avcodec_find_decoder(described->id) : NULL;
  return codec ? codec : av.avcodec_find_decoder_by_name(name);
}

static zcav_status set_extradata(AVCodecContext *context, const uint8_t *data, size_t size,
                                 zcav_error *err) {
  if (size == 0) return ZCAV_OK;
  if (size > MOST_EXTRADATA)
    return fail(err, ZCAV_FAILED, "extradata of %zu bytes; %d are the most", size, MOST_EXTRADATA);
  context->extradata = av.av_mallocz(size + AV_INPUT_BUFFER_PADDING_SIZE);
  if (!context->extradata) return no_memory(err);
  memcpy(context->extradata, data, size);
  context->extradata_size = (int)size;
  return ZCAV_OK;
}

zcav_status decoder_open_codec(const char *name, const uint8_t *extradata, size_t size,
                               zcav_ratio time_base, const zcav_decoder_options *options,
                               zcav_decoder **decoder, zcav_error *err) {
  const AVCodec *codec = find_by_name(name);
  if (!codec) return fail(err, ZCAV_UNSUPPORTED, "this FFmpeg has no decoder for '%s'", name);
  if (codec->type != AVMEDIA_TYPE_VIDEO)
    return fail(err, ZCAV_UNSUPPORTED, "that is no codec of pictures");
  zcav_decoder *made = decoder_alloc(codec);
  if (!made) return no_memory(err);
  made->context->pkt_timebase = (AVRational){time_base.numerator, time_base.denominator};
  zcav_status status = set_extradata(made->context, extradata, size, err);
  if (status == ZCAV_OK) status = open_codec(made, codec, options, err);
  return give(made, status, decoder);
}

zcav_status decoder_open_another(const zcav_decoder *decoder, const zcav_decoder_options *options,
                                 zcav_decoder **another, zcav_error *err) {
  const AVCodec *codec = decoder->context->codec;
  zcav_decoder *made = decoder_alloc(codec);
  if (!made) return no_memory(err);
  made->sample_aspect = decoder->sample_aspect;
  int code = av.avcodec_parameters_to_context(made->context, decoder->parameters);
  made->context->pkt_timebase = decoder->context->pkt_timebase;
  zcav_status status =
      code < 0 ? fail_code(err, code, codec->name) : open_codec(made, codec, options, err);
  return give(made, status, another);
}

void decoder_close(zcav_decoder *decoder) {
  if (!decoder) return;
  if (decoder->parameters) av.avcodec_parameters_free(&decoder->parameters);
  av.av_frame_free(&decoder->empty);
  av.avcodec_free_context(&decoder->context);
  device_leave(decoder->device);
  free(decoder);
}

const char *decoder_reason(zcav_decoder *decoder) { return decoder->reason; }

void decoder_facts(const zcav_decoder *decoder, zcav_decoder_facts *facts) {
  memset(facts, 0, sizeof *facts);
  copy_name(facts->codec, sizeof facts->codec, av.avcodec_get_name(decoder->context->codec->id));
  int has_own_threads = decoder->context->codec->capabilities & AV_CODEC_CAP_OTHER_THREADS;
  facts->delay = decoder->context->has_b_frames;
  facts->overlaps = (decoder->context->active_thread_type & FF_THREAD_FRAME) ||
                    (has_own_threads && decoder->context->thread_count != 1);
}

/* Pictures of this packet have its mark: where FFmpeg carries it depends on the version. */
static void set_mark(zcav_decoder *decoder, const zcav_packet *packet) {
#if LIBAVCODEC_VERSION_MAJOR < 60
  decoder->context->reordered_opaque = packet->mark;
#else
  (void)decoder;
  packet->packet->opaque = (void *)(intptr_t)packet->mark;
#endif
}

/* FFmpeg would take it for the end of the stream. */
static int is_empty(const AVPacket *packet) { return packet->size == 0 || !packet->data; }

zcav_status decoder_send(zcav_decoder *decoder, const zcav_packet *packet, zcav_error *err) {
  if (packet && is_empty(packet->packet)) return ZCAV_OK;
  /* FFmpeg would forget the packet that waits. */
  if (!packet && !decoder->is_drained) return ZCAV_AGAIN;
  if (decoder->device) {
    zcav_status status = device_admits(decoder, err);
    if (status != ZCAV_OK) return status;
  }
  /* One that waits inside still needs its own mark. */
  if (packet && decoder->is_drained) set_mark(decoder, packet);
  int code = av.avcodec_send_packet(decoder->context, packet ? packet->packet : NULL);
  decoder->is_drained = 0;
  if (code >= 0) return ZCAV_OK;
  if (code == AVERROR(EAGAIN)) return ZCAV_AGAIN;
  if (code == AVERROR_EOF) return ZCAV_END;
  if (decoder->device) return device_fail(decoder, code, err);
  return fail_code(err, code, decoder->context->codec->name);
}

zcav_status decoder_receive(zcav_decoder *decoder, zcav_frame **frame, zcav_error *err) {
  zcav_status status = decoder->device ? device_admits(decoder, err) : ZCAV_OK;
  if (status != ZCAV_OK) return status;
  if (!decoder->empty) decoder->empty = av.av_frame_alloc();
  AVFrame *inner = decoder->empty;
  if (!inner) return no_memory(err);
  int code;
  do {
    av.av_frame_unref(inner);
    code = av.avcodec_receive_frame(decoder->context, inner);
    /* An edit list says that it is not shown. Most decoders leave it out themselves. */
  } while (code >= 0 && (inner->flags & AV_FRAME_FLAG_DISCARD));
  if (code >= 0 && decoder->device && (status = device_lend(decoder, inner, err)) != ZCAV_OK) {
    av.av_frame_unref(inner);
    return status;
  }
  if (code >= 0 && decoder->is_strict && unwritten_shows(inner))
    inner->flags |= AV_FRAME_FLAG_CORRUPT;
  if (code >= 0) {
    decoder->empty = NULL;
    return frame_wrap(inner, decoder->sample_aspect, frame, err);
  }
  av.av_frame_unref(inner);
  decoder->is_drained = code == AVERROR(EAGAIN) || code == AVERROR_EOF;
  if (code == AVERROR(EAGAIN)) return ZCAV_AGAIN;
  if (code == AVERROR_EOF) return ZCAV_END;
  if (decoder->device) return device_fail(decoder, code, err);
  return fail_code(err, code, decoder->context->codec->name);
}

void decoder_flush(zcav_decoder *decoder) {
  av.avcodec_flush_buffers(decoder->context);
  decoder->is_drained = 1;
}
