#include "shim.h"

#include <errno.h>

static int is_rgb(enum AVPixelFormat format) {
  const AVPixFmtDescriptor *known = av.av_pix_fmt_desc_get(format);
  return known && (known->flags & (AV_PIX_FMT_FLAG_RGB | AV_PIX_FMT_FLAG_PAL));
}

static AVFrame *frame_like(const AVFrame *model, enum AVPixelFormat format, int *code) {
  AVFrame *made = av.av_frame_alloc();
  *code = made ? av.av_frame_copy_props(made, model) : AVERROR(ENOMEM);
  if (*code >= 0) {
    made->format = format;
    made->width = model->width;
    made->height = model->height;
    *code = av.av_frame_get_buffer(made, 0);
  }
  if (*code < 0) av.av_frame_free(&made);
  return made;
}

static void describe_color(const AVFrame *source, AVFrame *made) {
  int from_rgb = is_rgb((enum AVPixelFormat)source->format);
  int to_rgb = is_rgb((enum AVPixelFormat)made->format);
  if (to_rgb) {
    made->colorspace = AVCOL_SPC_RGB;
    made->color_range = AVCOL_RANGE_JPEG;
  } else if (from_rgb) {
    made->colorspace = AVCOL_SPC_BT709;
    made->color_range = AVCOL_RANGE_JPEG;
  }
}

static int scale(const AVFrame *source, AVFrame *made) {
  enum { EXACT = SWS_BICUBIC | SWS_FULL_CHR_H_INT | SWS_FULL_CHR_H_INP | SWS_ACCURATE_RND };
  struct SwsContext *scaler = av.sws_getContext(
      source->width, source->height, (enum AVPixelFormat)source->format, made->width, made->height,
      (enum AVPixelFormat)made->format, EXACT, NULL, NULL, NULL);
  if (!scaler) return AVERROR(ENOMEM);
  int from_rgb = is_rgb((enum AVPixelFormat)source->format);
  enum AVColorSpace matrix = from_rgb ? made->colorspace : source->colorspace;
  const int *table = av.sws_getCoefficients((int)matrix);
  /* It is refused where neither side has a matrix, and then does not matter. */
  av.sws_setColorspaceDetails(scaler, table, from_rgb || source->color_range == AVCOL_RANGE_JPEG,
                              table, made->color_range == AVCOL_RANGE_JPEG, 0, 1 << 16, 1 << 16);
  int rows = av.sws_scale(scaler, (const uint8_t *const *)source->data, source->linesize, 0,
                          source->height, made->data, made->linesize);
  av.sws_freeContext(scaler);
  return rows == source->height ? 0 : AVERROR_EXTERNAL;
}

zcav_status frame_convert(const zcav_frame *frame, const char *pixel_format, zcav_frame **converted,
                          zcav_error *err) {
  const AVFrame *source = frame->frame;
  enum AVPixelFormat from = (enum AVPixelFormat)source->format;
  enum AVPixelFormat to = av.av_get_pix_fmt(pixel_format);
  if (source->width <= 0 || source->hw_frames_ctx)
    return fail(err, ZCAV_UNSUPPORTED, "only a picture in memory can be converted");
  if (to == AV_PIX_FMT_NONE)
    return fail(err, ZCAV_UNSUPPORTED, "FFmpeg knows no pixel format '%s'", pixel_format);
  if (!av.sws_isSupportedInput(from) || !av.sws_isSupportedOutput(to))
    return fail(err, ZCAV_UNSUPPORTED, "libswscale cannot convert %s to %s",
                av.av_get_pix_fmt_name(from), pixel_format);
  int code = 0;
  AVFrame *made = frame_like(source, to, &code);
  if (!made) return fail_code(err, code, "converting");
  describe_color(source, made);
  code = scale(source, made);
  if (code < 0) {
    av.av_frame_free(&made);
    return fail_code(err, code, "libswscale");
  }
  return frame_wrap(made, frame->sample_aspect, converted, err);
}
