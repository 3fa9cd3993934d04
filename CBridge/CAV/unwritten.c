/* What a decoder left out of a picture. A mark is laid into each block before it is decoded; where
 * it still is, nothing was. Marks are in the picture itself, so that it does not matter which
 * thread looks, nor what a copy of the picture's facts has missed. */
#include "shim.h"

#include <string.h>

enum {
  SIDE = 16, /* of a block, in samples */
  /* In a block, further from its edges than the next block's deblocking reaches, in rows of both
   * fields.
   */
  COLUMN = 4,
  ROW = 7,
  ROWS = 2,
};

static const uint8_t MARK[ROWS][8] = {{0x5d, 0xa1, 0x37, 0xe8, 0x0c, 0xf3, 0x92, 0x46},
                                      {0xb9, 0x14, 0xce, 0x63, 0x7a, 0x2f, 0xd5, 0x88}};

/* The first plane's samples, in bytes; 0 for what has no samples that marks fit into. */
static int sample_bytes(const AVFrame *frame) {
  const AVPixFmtDescriptor *described = av.av_pix_fmt_desc_get((enum AVPixelFormat)frame->format);
  if (!described || !frame->buf[0] || frame->linesize[0] <= 0) return 0;
  return described->comp[0].step;
}

static uint8_t *block_at(const AVFrame *frame, int bytes, int column, int row) {
  return frame->buf[0]->data + (ptrdiff_t)(row * SIDE + ROW) * frame->linesize[0] +
         (ptrdiff_t)(column * SIDE + COLUMN) * bytes;
}

static int blocks(int samples) { return (samples + SIDE - 1) / SIDE; }

static void lay_marks(AVFrame *frame) {
  int bytes = sample_bytes(frame);
  if (bytes == 0 || frame->data[0] != frame->buf[0]->data) return;
  for (int row = 0; row < blocks(frame->height); row++)
    for (int column = 0; column < blocks(frame->width); column++)
      for (int n = 0; n < ROWS; n++)
        memcpy(block_at(frame, bytes, column, row) + n * frame->linesize[0], MARK[n],
               sizeof MARK[n]);
}

static int get_marked_buffer(AVCodecContext *context, AVFrame *frame, int flags) {
  int code = av.avcodec_default_get_buffer2(context, frame, flags);
  if (code >= 0) lay_marks(frame);
  return code;
}

void unwritten_watch(AVCodecContext *context) {
  context->get_buffer2 = get_marked_buffer;
  /* What conceals would write over the marks. */
  context->error_concealment = 0;
#if LIBAVCODEC_VERSION_MAJOR < 60
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
  context->thread_safe_callbacks = 1;
#pragma GCC diagnostic pop
#endif
}

int unwritten_shows(const AVFrame *frame) {
  int bytes = sample_bytes(frame);
  if (bytes == 0) return 0;
  /* The picture may be cropped: marks are where the buffer begins. */
  ptrdiff_t before = frame->data[0] - frame->buf[0]->data;
  int top = (int)(before / frame->linesize[0]);
  int left = (int)(before % frame->linesize[0]) / bytes;
  for (int row = top / SIDE; row < blocks(top + frame->height); row++)
    for (int column = left / SIDE; column < blocks(left + frame->width); column++)
      for (int n = 0; n < ROWS; n++)
        if (memcmp(block_at(frame, bytes, column, row) + n * frame->linesize[0], MARK[n],
                   sizeof MARK[n]) == 0)
          return 1;
  return 0;
}
