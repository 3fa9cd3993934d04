/* Contexts: VP9 pictures are decoded by libavcodec, in the order in which they were asked for. */
#include "zcsw.h"
#include <libavcodec/avcodec.h>
#include <stdlib.h>
#include <string.h>

struct picture {
  struct picture *next;
  struct surface *surface;
  AVPacket *packet;
};

struct context {
  AVCodecContext *codec;
  struct surface *target; /* between begin and end */
  AVPacket *packet;       /* what was said of it so far */
  struct picture *first;  /* asked for, not decoded */
};

static void copy_luma(struct surface *surface, const AVFrame *frame, int width, int height) {
  int shift = surface->fourcc == VA_FOURCC_P010 ? 6 : 0;
  for (int y = 0; y < height; y++) {
    uint8_t *row = surface->memory.base + (size_t)y * surface->layout.pitch;
    const uint8_t *from = frame->data[0] + (ptrdiff_t)y * frame->linesize[0];
    for (int x = 0; x < width; x++)
      if (shift)
        ((uint16_t *)row)[x] = (uint16_t)(((const uint16_t *)from)[x] << shift);
      else
        row[x] = from[x];
  }
}

static void copy_chroma(struct surface *surface, const AVFrame *frame, int width, int height) {
  int shift = surface->fourcc == VA_FOURCC_P010 ? 6 : 0;
  for (int y = 0; y < height; y++) {
    uint8_t *row =
        surface->memory.base + surface->layout.chroma + (size_t)y * surface->layout.pitch;
    for (int x = 0; x < width; x++)
      for (int c = 0; c < 2; c++) {
        const uint8_t *from = frame->data[1 + c] + (ptrdiff_t)y * frame->linesize[1 + c];
        if (shift)
          ((uint16_t *)row)[2 * x + c] = (uint16_t)(((const uint16_t *)from)[x] << shift);
        else
          row[2 * x + c] = from[x];
      }
  }
}

static bool fill(struct surface *surface, const AVFrame *frame) {
  enum AVPixelFormat format =
      surface->fourcc == VA_FOURCC_P010 ? AV_PIX_FMT_YUV420P10 : AV_PIX_FMT_YUV420P;
  if (frame->format != format) return false;
  int width = frame->width < surface->width ? frame->width : surface->width;
  int height = frame->height < surface->height ? frame->height : surface->height;
  copy_luma(surface, frame, width, height);
  copy_chroma(surface, frame, (width + 1) / 2, (height + 1) / 2);
  return true;
}

/* A picture that is not shown gives no frame, and counts as one that cannot be decoded. */
static void decode(struct driver *driver, struct context *context, struct picture *picture) {
  long first_bad = driver->faults.decode_errors;
  bool fails = ++driver->pictures >= first_bad && first_bad;
  AVFrame *frame = av_frame_alloc();
  picture->surface->is_spoilt = true;
  if (frame && !fails && avcodec_send_packet(context->codec, picture->packet) >= 0 &&
      avcodec_receive_frame(context->codec, frame) >= 0)
    picture->surface->is_spoilt = !fill(picture->surface, frame);
  av_frame_free(&frame);
  av_packet_free(&picture->packet);
  free(picture);
}

static bool wants(const struct context *context, const struct surface *surface) {
  for (const struct picture *picture = context->first; picture; picture = picture->next)
    if (picture->surface == surface) return true;
  return false;
}

static void run(struct driver *driver, struct context *context) {
  struct picture *picture = context->first;
  context->first = picture->next;
  decode(driver, context, picture);
}

static struct context *context_of(struct driver *driver, const struct surface *surface) {
  for (uint32_t i = 0; i < TABLE_SIZE; i++) {
    struct context *context = driver->contexts.slot[i];
    if (context && wants(context, surface)) return context;
  }
  return NULL;
}

bool is_pending(struct driver *driver, const struct surface *surface) {
  return context_of(driver, surface);
}

void finish(struct driver *driver, const struct surface *surface) {
  for (struct context *context; (context = context_of(driver, surface));)
    run(driver, context);
}

static void discard(struct driver *driver, struct context *context) {
  while (context->first)
    run(driver, context);
  av_packet_free(&context->packet);
  avcodec_free_context(&context->codec);
  free(context);
}

static VAStatus create(VADriverContextP va, VAConfigID config, int width, int height, int flags,
                       VASurfaceID *targets, int count, VAContextID *number) {
  (void)width, (void)height, (void)flags, (void)targets, (void)count;
  ENTER(va);
  if (!table_find(&driver->configs, config)) return VA_STATUS_ERROR_INVALID_CONFIG;
  struct context *context = calloc(1, sizeof *context);
  if (!context) return VA_STATUS_ERROR_ALLOCATION_FAILED;
  const AVCodec *vp9 = avcodec_find_decoder_by_name("vp9");
  context->codec = vp9 ? avcodec_alloc_context3(vp9) : NULL;
  /* One thread: a packet in gives its frame, at once. */
  if (context->codec) context->codec->thread_count = 1;
  if (context->codec && avcodec_open2(context->codec, vp9, NULL) >= 0) {
    *number = table_add(&driver->contexts, context);
    if (*number) return VA_STATUS_SUCCESS;
  }
  discard(driver, context);
  return VA_STATUS_ERROR_ALLOCATION_FAILED;
}

static VAStatus destroy(VADriverContextP va, VAContextID number) {
  ENTER(va);
  struct context *context = table_take(&driver->contexts, number);
  if (!context) return VA_STATUS_ERROR_INVALID_CONTEXT;
  discard(driver, context);
  return VA_STATUS_SUCCESS;
}

static VAStatus begin(VADriverContextP va, VAContextID number, VASurfaceID target) {
  ENTER(va);
  struct context *context = table_find(&driver->contexts, number);
  struct surface *surface = table_find(&driver->surfaces, target);
  if (!context) return VA_STATUS_ERROR_INVALID_CONTEXT;
  if (!surface) return VA_STATUS_ERROR_INVALID_SURFACE;
  av_packet_free(&context->packet);
  context->packet = av_packet_alloc();
  context->target = surface;
  return context->packet ? VA_STATUS_SUCCESS : VA_STATUS_ERROR_ALLOCATION_FAILED;
}

static VAStatus append(struct context *context, const struct buffer *buffer) {
  if (buffer->type != VASliceDataBufferType) return VA_STATUS_SUCCESS;
  size_t before = (size_t)context->packet->size, more = buffer->element * buffer->count;
  if (av_grow_packet(context->packet, (int)more) < 0) return VA_STATUS_ERROR_ALLOCATION_FAILED;
  memcpy(context->packet->data + before, buffer->bytes, more);
  return VA_STATUS_SUCCESS;
}

static VAStatus render(VADriverContextP va, VAContextID number, VABufferID *buffers, int count) {
  ENTER(va);
  struct context *context = table_find(&driver->contexts, number);
  if (!context || !context->packet) return VA_STATUS_ERROR_INVALID_CONTEXT;
  for (int i = 0; i < count; i++) {
    struct buffer *buffer = table_find(&driver->buffers, buffers[i]);
    VAStatus status = buffer ? append(context, buffer) : VA_STATUS_ERROR_INVALID_BUFFER;
    if (status != VA_STATUS_SUCCESS) return status;
  }
  return VA_STATUS_SUCCESS;
}

static VAStatus end(VADriverContextP va, VAContextID number) {
  ENTER(va);
  struct context *context = table_find(&driver->contexts, number);
  if (!context || !context->packet) return VA_STATUS_ERROR_INVALID_CONTEXT;
  struct picture *picture = calloc(1, sizeof *picture);
  if (!picture) return VA_STATUS_ERROR_ALLOCATION_FAILED;
  *picture = (struct picture){.surface = context->target, .packet = context->packet};
  context->packet = NULL;
  struct picture **last = &context->first;
  while (*last)
    last = &(*last)->next;
  *last = picture;
  if (driver->faults.is_late) return VA_STATUS_SUCCESS;
  finish(driver, context->target);
  return context->target->is_spoilt ? VA_STATUS_ERROR_DECODING_ERROR : VA_STATUS_SUCCESS;
}

void add_pictures(struct VADriverVTable *table) {
  table->vaCreateContext = create;
  table->vaDestroyContext = destroy;
  table->vaBeginPicture = begin;
  table->vaRenderPicture = render;
  table->vaEndPicture = end;
}
