/* Does everything with files that zcav.h allows, in an order that a seed decides.
 *
 * Reads lines "SEED PATH", and answers each with "SEED FRAMES FAILURES" once the file is closed.
 * It is linked with the shim's sources, and both are compiled with sanitizers: a byte that is read
 * beyond a plane, or after its frame has gone, ends the process, as a leak does at its end.
 * "PLANT NAME" as the first line plants a mistake, which shows with the first failure of a decoder.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "zcav.h"

enum {
  HELD = 6,
  MOST_FRAMES = 120,
  MOST_PACKETS = 4000,
  MOST_FAILURES = 200,
  MOST_BYTES = 1 << 26
};

static const zcav_table *av;
static char planted[16];

typedef struct {
  uint64_t random;
  zcav_frame *held[HELD];
  uint64_t sum[HELD]; /* of what was seen in a frame when it came */
  long frames, failures;
  int64_t bytes; /* that were looked at */
} walk;

static void fail(const char *reason) {
  fprintf(stderr, "shim_worker: %s\n", reason);
  abort();
}

static uint64_t any(walk *w) { /* splitmix64 */
  uint64_t z = w->random += 0x9e3779b97f4a7c15;
  z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
  z = (z ^ z >> 27) * 0x94d049bb133111eb;
  return z ^ z >> 31;
}

static int one_in(walk *w, unsigned count) { return any(w) % count == 0; }

/* What must hold of each answer. */
static zcav_status checked(zcav_status status, const zcav_error *err) {
  if (status > ZCAV_END || status < ZCAV_NO_FILE) fail("a status that is none");
  if (status < 0 && (!err->text[0] || !memchr(err->text, 0, sizeof err->text)))
    fail("a failure without words");
  return status;
}

static void count_failure(walk *w, zcav_status status) {
  static char *kept;
  if (status >= 0) return;
  w->failures++;
  if (!strcmp(planted, "overrun")) kept = malloc(64), kept[w->failures * 64] = 1;
  if (!strcmp(planted, "hang"))
    for (;;)
      pause();
  if (!strcmp(planted, "memory")) kept = malloc(1 << 30), memset(kept, 1, 1 << 30);
  zcav_packet *lost = NULL;
  if (!strcmp(planted, "leak")) av->packet_create((const uint8_t *)"", 1, 0, 0, 0, &lost, NULL);
}

/* -- Frames -- */

static uint64_t sum_of(walk *w, const zcav_frame *frame) {
  zcav_frame_facts facts;
  av->frame_facts(frame, &facts);
  if (!memchr(facts.pixel_format, 0, sizeof facts.pixel_format)) fail("a name without an end");
  if (facts.plane_count < 0 || facts.plane_count > 4) fail("plane_count");
  if (facts.palette_plane >= facts.plane_count || facts.palette_plane < -1) fail("palette_plane");
  if (facts.width <= 0 || facts.height <= 0) fail("a frame without pixels");
  uint64_t sum = (uint64_t)facts.width * 31 + (uint64_t)facts.height;
  for (int p = 0; p < facts.plane_count; p++) {
    const zcav_plane *plane = &facts.plane[p];
    if (!plane->data || plane->rows <= 0 || plane->row_bytes <= 0) fail("a plane without bytes");
    if (plane->rows > facts.height && p != facts.palette_plane) fail("more rows than are seen");
    if (llabs(plane->stride) < plane->row_bytes && plane->rows > 1) fail("rows overlap");
    w->bytes += (int64_t)plane->rows * plane->row_bytes;
    for (int64_t y = 0; y < plane->rows; y++)
      for (int64_t x = 0; x < plane->row_bytes; x++)
        sum = sum * 1099511628211u + plane->data[y * plane->stride + x];
  }
  return sum;
}

static void let_go(walk *w, int slot) {
  if (!w->held[slot]) return;
  if (sum_of(w, w->held[slot]) != w->sum[slot]) fail("a frame that was held has changed");
  av->frame_destroy(w->held[slot]);
  w->held[slot] = NULL;
}

static void look(walk *w, zcav_frame *frame) {
  static const char *const formats[] = {"rgba",   "yuv420p",   "nv12", "gray",
                                        "p010le", "none such", ""};
  zcav_error err = {0};
  w->frames++;
  uint64_t sum = sum_of(w, frame);
  zcav_frame *other = NULL;
  if (one_in(w, 8) && w->bytes < MOST_BYTES / 4) {
    const char *format = formats[any(w) % (sizeof formats / sizeof *formats)];
    if (checked(av->frame_convert(frame, format, &other, &err), &err) == ZCAV_OK) {
      sum_of(w, other);
      av->frame_destroy(other);
    }
  }
  if (one_in(w, 16) && checked(av->frame_download(frame, &other, &err), &err) == ZCAV_OK)
    av->frame_destroy(other);
  if (one_in(w, 3) && checked(av->frame_share(frame, &other, &err), &err) == ZCAV_OK) {
    int slot = (int)(any(w) % HELD);
    let_go(w, slot);
    w->held[slot] = other;
    w->sum[slot] = sum;
  }
  av->frame_destroy(frame);
}

static void listen(walk *w, zcav_frame *frame) {
  zcav_sound_facts sound;
  av->frame_sound(frame, &sound);
  if (sound.count < 0 || sound.channels < 0 || sound.plane_count < 0) fail("less than no sound");
  static volatile uint8_t heard;
  if (sound.count > 0)
    for (int32_t p = 0; p < sound.plane_count; p++)
      heard = sound.planes[p][0] ^ sound.planes[p][sound.count - 1];
  (void)heard;
  w->frames++;
  av->frame_destroy(frame);
}

/* -- Decoding -- */

/* Takes what is there. END or a failure is told; AGAIN is OK. */
static zcav_status take(walk *w, zcav_decoder *decoder, int32_t kind) {
  for (;;) {
    zcav_frame *frame = NULL;
    zcav_error err = {0};
    zcav_status status = checked(av->decoder_receive(decoder, &frame, &err), &err);
    if ((status == ZCAV_OK) != (frame != NULL)) fail("OK without a frame, or the reverse");
    count_failure(w, status);
    if (status != ZCAV_OK) return status == ZCAV_AGAIN ? ZCAV_OK : status;
    if (kind == ZCAV_AUDIO)
      listen(w, frame);
    else
      look(w, frame);
  }
}

static void feed(walk *w, zcav_decoder *decoder, int32_t kind, const zcav_packet *packet) {
  zcav_error err = {0};
  for (int tries = 0; tries < 50; tries++) {
    zcav_status status = checked(av->decoder_send(decoder, packet, &err), &err);
    count_failure(w, status);
    zcav_status taken = take(w, decoder, kind);
    if (status != ZCAV_AGAIN || taken == ZCAV_END) return;
  }
  fail("a decoder that takes no packets and gives no frames");
}

static int is_enough(const walk *w, long before) {
  return w->frames - before > MOST_FRAMES || w->failures > MOST_FAILURES || w->bytes > MOST_BYTES;
}

static void walk_stream(walk *w, zcav_media *media, const zcav_stream *stream,
                        zcav_decoder *decoder) {
  long before = w->frames;
  for (int i = 0; i < MOST_PACKETS && !is_enough(w, before); i++) {
    zcav_error err = {0};
    zcav_packet *packet = NULL;
    if (one_in(w, 24)) {
      int64_t time = one_in(w, 4) ? (int64_t)any(w) : (int64_t)(any(w) % 60) * 512;
      count_failure(w, checked(av->media_seek(media, stream->index, time, &err), &err));
      if (!one_in(w, 8)) av->decoder_flush(decoder);
    }
    zcav_status status = checked(av->media_read(media, stream->index, &packet, &err), &err);
    if ((status == ZCAV_OK) != (packet != NULL)) fail("OK without a packet, or the reverse");
    count_failure(w, status);
    if (status == ZCAV_OK) {
      zcav_packet_facts facts;
      av->packet_facts(packet, &facts);
      if (facts.stream != stream->index || facts.size < 0) fail("a packet of another stream");
      feed(w, decoder, stream->kind, packet);
      av->packet_destroy(packet);
    } else {
      feed(w, decoder, stream->kind, NULL);
      if (!one_in(w, 3)) return;
      av->decoder_flush(decoder);
    }
  }
}

static void walk_file(walk *w, const char *path) {
  zcav_error err = {0};
  zcav_media *media = NULL;
  zcav_status status = checked(av->media_open(path, &media, &err), &err);
  count_failure(w, status);
  if ((status == ZCAV_OK) != (media != NULL)) fail("OK without a file, or the reverse");
  if (!media) return;
  if (!av->media_format(media)) fail("a file without a format");
  int32_t count = av->media_stream_count(media);
  int32_t chosen[2] = {av->media_best(media, ZCAV_VIDEO), av->media_best(media, ZCAV_AUDIO)};
  if (chosen[0] >= count || chosen[1] >= count) fail("the best of streams that are not there");
  for (int i = 0; i < 2 && !one_in(w, 8); i++) {
    zcav_stream stream;
    zcav_decoder *decoder = NULL;
    if (chosen[i] < 0) continue;
    av->media_stream(media, chosen[i], &stream);
    zcav_decoder_options options = {.threads = (int32_t)(any(w) % 4)};
    status = checked(av->decoder_open(media, chosen[i], &options, &decoder, &err), &err);
    count_failure(w, status);
    if (status != ZCAV_OK) continue;
    if (!av->decoder_reason(decoder)) fail("no reason");
    walk_stream(w, media, &stream, decoder);
    if (media && one_in(w, 3)) {
      av->media_close(media);
      media = NULL;
    }
    av->decoder_close(decoder);
    if (!media) return;
  }
  av->media_close(media);
}

/* The file's bytes as packets of any codec. */
static void walk_packets(walk *w, const char *path) {
  static const char *const codecs[] = {"h264", "hevc",   "vp9",  "av1", "mpeg2video", "mjpeg",
                                       "vp8",  "prores", "ffv1", "gif", "aac",        "none such"};
  static uint8_t bytes[1 << 16];
  FILE *file = fopen(path, "rb");
  if (!file) fail(path);
  size_t size = fread(bytes, 1, sizeof bytes, file), head = any(w) % 64;
  fclose(file);
  zcav_error err = {0};
  zcav_decoder *decoder = NULL;
  zcav_decoder_options options = {.threads = 1};
  const char *codec = codecs[any(w) % (sizeof codecs / sizeof *codecs)];
  if (head > size || one_in(w, 2)) head = 0;
  zcav_status status = av->decoder_open_codec(codec, head ? bytes : NULL, head, (zcav_ratio){1, 25},
                                              &options, &decoder, &err);
  if (checked(status, &err) != ZCAV_OK) return;
  int32_t kind = !strcmp(codec, "aac") ? ZCAV_AUDIO : ZCAV_VIDEO;
  for (size_t at = 0; at < size && !is_enough(w, 0);) {
    size_t part = 1 + any(w) % 5000;
    if (part > size - at) part = size - at;
    zcav_packet *packet = NULL;
    status =
        av->packet_create(bytes + at, part, (int64_t)any(w) % 100, ZCAV_NO_TIME, 0, &packet, &err);
    if (checked(status, &err) != ZCAV_OK) fail("a packet that cannot be made");
    feed(w, decoder, kind, packet);
    av->packet_destroy(packet);
    at += part;
  }
  feed(w, decoder, kind, NULL);
  av->decoder_close(decoder);
}

int main(void) {
  zcav_error err = {0};
  if (zcav_open_library(NULL, &av, &err) != ZCAV_OK) fail(err.text);
  static char line[4200];
  while (fgets(line, sizeof line, stdin)) {
    line[strcspn(line, "\n")] = 0;
    if (sscanf(line, "PLANT %15s", planted) == 1) continue;
    char *path = NULL;
    walk w = {.random = strtoull(line, &path, 10)};
    if (*path++ != ' ') fail("not a line \"SEED PATH\"");
    if (one_in(&w, 4))
      walk_packets(&w, path);
    else
      walk_file(&w, path);
    for (int slot = 0; slot < HELD; slot++)
      let_go(&w, slot);
    printf("%.*s %ld %ld\n", (int)(path - 1 - line), line, w.frames, w.failures);
    fflush(stdout);
  }
}
