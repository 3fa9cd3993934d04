/* Decoding by a device, through VA-API. */
#include "display.h"
#include "shim.h"

#include <errno.h>
#include <libavutil/hwcontext_vaapi.h>
#include <stdio.h>
#include <stdlib.h>

enum { MOST_SURFACES = 256 };

/* How many of a decoder's pictures are held. Frames outlive the decoder. */
typedef struct { int held; } tally;

struct zcav_device {
  AVBufferRef *context; /* FFmpeg's device, which owns the display */
  AVBufferRef *tally;
  int surfaces; /* how many pictures may be held */
  int is_optional;
  int was_offered; /* FFmpeg can decode this codec by VA-API, if the driver does
                    */
};

static tally *tally_of(const AVBufferRef *reference) { return (tally *)reference->data; }

/* -- The device -- */

static void close_display(AVHWDeviceContext *context) {
  display_close(context->user_opaque);
  free(context->user_opaque);
}

/* FFmpeg's device around the display, which goes with its last reference:
 * decoder and frames. */
static zcav_status make_context(zcav_display opened, AVBufferRef **made, zcav_error *err) {
  AVBufferRef *context = av.av_hwdevice_ctx_alloc(AV_HWDEVICE_TYPE_VAAPI);
  zcav_display *display = malloc(sizeof *display);
  if (!context || !display) {
    av.av_buffer_unref(&context);
    free(display);
    display_close(&opened);
    return fail(err, ZCAV_UNSUPPORTED, "this FFmpeg was built without VA-API");
  }
  *display = opened;
  AVHWDeviceContext *device = (AVHWDeviceContext *)context->data;
  ((AVVAAPIDeviceContext *)device->hwctx)->display = opened.display;
  device->user_opaque = display;
  device->free = close_display;
  int code = av.av_hwdevice_ctx_init(context);
  if (code < 0) {
    av.av_buffer_unref(&context);
    return fail_code(err, code, "VA-API");
  }
  *made = context;
  return ZCAV_OK;
}

static void free_tally(void *opaque, uint8_t *data) {
  (void)opaque;
  free(data);
}

static AVBufferRef *make_tally(void) {
  tally *made = calloc(1, sizeof *made);
  AVBufferRef *reference =
      made ? av.av_buffer_create((uint8_t *)made, sizeof *made, free_tally, NULL, 0) : NULL;
  if (!reference) free(made);
  return reference;
}

static zcav_status open_device(const zcav_decoder_options *options, zcav_device **device,
                               zcav_error *err) {
  zcav_display display;
  zcav_device *made = calloc(1, sizeof *made);
  if (!made) return no_memory(err);
  zcav_status status = display_open(options->device, &display, err);
  if (status == ZCAV_OK) status = make_context(display, &made->context, err);
  if (status == ZCAV_OK && !(made->tally = make_tally())) status = no_memory(err);
  if (status != ZCAV_OK) {
    device_leave(made);
    return status;
  }
  int surfaces = options->extra_surfaces;
  made->surfaces = surfaces < 1 ? 1 : surfaces < MOST_SURFACES ? surfaces : MOST_SURFACES;
  made->is_optional = options->allows_software;
  *device = made;
  return ZCAV_OK;
}

void device_leave(zcav_device *device) {
  if (!device) return;
  av.av_buffer_unref(&device->context);
  av.av_buffer_unref(&device->tally);
  free(device);
}

/* -- The codec -- */

static void say_why(zcav_decoder *decoder, const AVCodecContext *context) {
  const AVHWDeviceContext *device = (const AVHWDeviceContext *)decoder->device->context->data;
  const AVVAAPIDeviceContext *vaapi = device->hwctx;
  const char *vendor = va.vaQueryVendorString(vaapi->display);
  const char *codec = av.avcodec_get_name(context->codec_id);
  const char *profile = av.avcodec_profile_name(context->codec_id, context->profile);
  if (!decoder->device->was_offered)
    snprintf(decoder->reason, sizeof decoder->reason, "this FFmpeg cannot decode %s%s%s by VA-API",
             codec, profile ? " " : "", profile ? profile : "");
  else
    snprintf(decoder->reason, sizeof decoder->reason,
             "the driver (%s) cannot decode %s%s%s of %dx%d, or has no memory "
             "for its surfaces",
             vendor ? vendor : "it has no name", codec, profile ? " " : "", profile ? profile : "",
             context->coded_width, context->coded_height);
}

static int is_software(enum AVPixelFormat format) {
  const AVPixFmtDescriptor *known = av.av_pix_fmt_desc_get(format);
  return known && !(known->flags & AV_PIX_FMT_FLAG_HWACCEL);
}

/* FFmpeg asks again, without VA-API, where the driver refused. */
static enum AVPixelFormat choose(AVCodecContext *context, const enum AVPixelFormat *offered) {
  zcav_decoder *decoder = context->opaque;
  for (const enum AVPixelFormat *format = offered; *format != AV_PIX_FMT_NONE; format++)
    if (*format == AV_PIX_FMT_VAAPI) {
      decoder->device->was_offered = 1;
      decoder->reason[0] = 0;
      return *format;
    }
  say_why(decoder, context);
  if (!decoder->device->is_optional) return AV_PIX_FMT_NONE;
  while (*offered != AV_PIX_FMT_NONE && !is_software(*offered))
    offered++;
  return *offered;
}

zcav_status device_join(zcav_decoder *decoder, const AVCodec *codec,
                        const zcav_decoder_options *options, zcav_error *err) {
  (void)codec;
  AVCodecContext *context = decoder->context;
  zcav_error reason = {.text = ""};
  zcav_status status = open_device(options, &decoder->device, &reason);
  if (status != ZCAV_OK && options->allows_software && status != ZCAV_NO_MEMORY) {
    copy_name(decoder->reason, sizeof decoder->reason, reason.text);
    return ZCAV_OK;
  }
  if (status != ZCAV_OK) {
    if (err) *err = reason;
    return status;
  }
  context->hw_device_ctx = av.av_buffer_ref(decoder->device->context);
  if (!context->hw_device_ctx) return no_memory(err);
  context->opaque = decoder;
  context->get_format = choose;
  context->extra_hw_frames = decoder->device->surfaces;
  /* Threads would keep pictures of their own in flight, and gain nothing. */
  context->thread_count = 1;
  return ZCAV_OK;
}

zcav_status device_fail(const zcav_decoder *decoder, int code, zcav_error *err) {
  if (decoder->reason[0]) return fail(err, ZCAV_UNSUPPORTED, "%s", decoder->reason);
  /* Of memory FFmpeg speaks where its pool of surfaces is used up. */
  if (code == AVERROR(ENOMEM) && !decoder->reason[0])
    return fail(err, ZCAV_FAILED, "the device has no surface left to decode into");
  return fail_code(err, code, decoder->context->codec->name);
}

/* -- Pictures that are held -- */

zcav_status device_admits(zcav_decoder *decoder, zcav_error *err) {
  int held = __atomic_load_n(&tally_of(decoder->device->tally)->held, __ATOMIC_ACQUIRE);
  if (held < decoder->device->surfaces) return ZCAV_OK;
  return fail(err, ZCAV_EXHAUSTED, "%d pictures are held, of %d that the decoder can spare", held,
              decoder->device->surfaces);
}

static void give_back(void *opaque, uint8_t *data) {
  AVBufferRef *counted = opaque;
  __atomic_sub_fetch(&((tally *)data)->held, 1, __ATOMIC_RELEASE);
  av.av_buffer_unref(&counted);
}

zcav_status device_lend(zcav_decoder *decoder, AVFrame *frame, zcav_error *err) {
  if (!frame->hw_frames_ctx) return ZCAV_OK;
  AVBufferRef *counted = av.av_buffer_ref(decoder->device->tally);
  if (!counted) return no_memory(err);
  frame->opaque_ref = av.av_buffer_create(counted->data, sizeof(tally), give_back, counted, 0);
  if (!frame->opaque_ref) {
    av.av_buffer_unref(&counted);
    return no_memory(err);
  }
  __atomic_add_fetch(&tally_of(counted)->held, 1, __ATOMIC_RELEASE);
  return ZCAV_OK;
}
