#include "shim.h"

#include <stdlib.h>
#include <string.h>

zcav_status frame_wrap(AVFrame *inner, AVRational sample_aspect, zcav_frame **frame,
                       zcav_error *err) {
  zcav_frame *made = malloc(sizeof *made);
  if (!made) {
    av.av_frame_free(&inner);
    return no_memory(err);
  }
  made->frame = inner;
  made->sample_aspect = sample_aspect;
  *frame = made;
  return ZCAV_OK;
}

zcav_status frame_share(const zcav_frame *frame, zcav_frame **another, zcav_error *err) {
  AVFrame *inner = av.av_frame_clone(frame->frame);
  return inner ? frame_wrap(inner, frame->sample_aspect, another, err) : no_memory(err);
}

void frame_destroy(zcav_frame *frame) {
  if (!frame) return;
  av.av_frame_free(&frame->frame);
  free(frame);
}

static int is_key(const AVFrame *inner) {
#ifdef AV_FRAME_FLAG_KEY
  return !!(inner->flags & AV_FRAME_FLAG_KEY);
#else
  return !!inner->key_frame;
#endif
}

static int is_interlaced(const AVFrame *inner) {
#ifdef AV_FRAME_FLAG_INTERLACED
  return !!(inner->flags & AV_FRAME_FLAG_INTERLACED);
#else
  return !!inner->interlaced_frame;
#endif
}

static int is_top_first(const AVFrame *inner) {
#ifdef AV_FRAME_FLAG_TOP_FIELD_FIRST
  return !!(inner->flags & AV_FRAME_FLAG_TOP_FIELD_FIRST);
#else
  return !!inner->top_field_first;
#endif
}

static int64_t duration_of(const AVFrame *inner) {
#if LIBAVUTIL_VERSION_INT >= AV_VERSION_INT(57, 30, 100)
  return inner->duration > 0 ? inner->duration : 0;
#else
  return inner->pkt_duration > 0 ? inner->pkt_duration : 0;
#endif
}

static int64_t time_of(const AVFrame *inner) {
  return inner->best_effort_timestamp != AV_NOPTS_VALUE ? inner->best_effort_timestamp : inner->pts;
}

static int64_t mark_of(const AVFrame *inner) {
#if LIBAVCODEC_VERSION_MAJOR < 60
  return inner->reordered_opaque;
#else
  return (intptr_t)inner->opaque;
#endif
}

/* What is in memory, plane by plane. */
static void describe_planes(const AVFrame *inner, zcav_frame_facts *facts) {
  enum AVPixelFormat format = (enum AVPixelFormat)inner->format;
  const AVPixFmtDescriptor *known = av.av_pix_fmt_desc_get(format);
  int count = av.av_pix_fmt_count_planes(format);
  if (!known || count < 1 || count > 4) return;
  facts->plane_count = count;
  for (int i = 0; i < count; i++) {
    int is_chroma = (i == 1 || i == 2) && !(known->flags & AV_PIX_FMT_FLAG_RGB);
    int bytes = av.av_image_get_linesize(format, inner->width, i);
    facts->plane[i] = (zcav_plane){
        .data = inner->data[i],
        .stride = inner->linesize[i],
        .rows = is_chroma ? AV_CEIL_RSHIFT(inner->height, known->log2_chroma_h) : inner->height,
        .row_bytes = bytes > 0 ? bytes : 0,
    };
  }
  if (known->flags & AV_PIX_FMT_FLAG_PAL) {
    facts->plane[count] = (zcav_plane){
        .data = inner->data[1],
        .stride = AVPALETTE_SIZE,
        .rows = 1,
        .row_bytes = AVPALETTE_SIZE,
    };
    facts->palette_plane = count;
    facts->plane_count = count + 1;
  }
}

static enum AVPixelFormat format_of(const AVFrame *inner) {
  if (!inner->hw_frames_ctx) return (enum AVPixelFormat)inner->format;
  return ((const AVHWFramesContext *)inner->hw_frames_ctx->data)->sw_format;
}

void frame_facts(const zcav_frame *frame, zcav_frame_facts *facts) {
  const AVFrame *inner = frame->frame;
  AVRational aspect = frame->sample_aspect;
  if (aspect.num <= 0 || aspect.den <= 0) aspect = inner->sample_aspect_ratio;
  memset(facts, 0, sizeof *facts);
  facts->palette_plane = -1;
  facts->turn = -1;
  facts->pts = time_of(inner);
  facts->duration = duration_of(inner);
  facts->mark = mark_of(inner);
  facts->sample_aspect = ratio_of(aspect);
  facts->is_corrupt = inner->decode_error_flags != 0 || (inner->flags & AV_FRAME_FLAG_CORRUPT);
  if (inner->width <= 0 || inner->height <= 0) return; /* sound */
  copy_name(facts->pixel_format, sizeof facts->pixel_format,
            av.av_get_pix_fmt_name(format_of(inner)));
  facts->width = inner->width;
  facts->height = inner->height;
  facts->is_hardware = inner->hw_frames_ctx != NULL;
  facts->is_key = is_key(inner);
  facts->is_interlaced = is_interlaced(inner);
  facts->is_top_first = is_top_first(inner);
  facts->color = color_of(inner->colorspace, inner->color_primaries, inner->color_trc,
                          inner->color_range, inner->chroma_location);
  const AVFrameSideData *matrix = av.av_frame_get_side_data(inner, AV_FRAME_DATA_DISPLAYMATRIX);
  if (matrix && matrix->size >= 9 * sizeof(int32_t))
    turn_of((const int32_t *)matrix->data, &facts->turn, &facts->is_mirrored);
  if (!facts->is_hardware) describe_planes(inner, facts);
}
