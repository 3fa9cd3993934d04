/* Calls the functions of zcgpu.h with whatever: any handle bits, enumerator, number, size, NULL,
 * order and thread. Pointers are NULL or valid, and as long as they are said to be, to the byte.
 * What must hold whatever comes: a status that is one, a report that says the same, and results
 * that are untouched on failure. calls.h is made from zcgpu.h by writer.py. */
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "zcgpu.h"

enum { STATUSES = 32, SLOTS = 24, HELD = 32, MOST_BYTES = 1 << 14 };

typedef struct {
  uint64_t random;
  int is_alone; /* nobody else calls: borrowed memory may be looked at */
  void *held[HELD];
  int held_count;
} caller;

static void fail(const char *function, const char *reason) {
  fprintf(stderr, "%s: %s\n", function, reason);
  _Exit(3);
}

static uint64_t any(caller *c) { /* splitmix64 */
  uint64_t z = c->random += 0x9e3779b97f4a7c15;
  z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
  z = (z ^ z >> 27) * 0x94d049bb133111eb;
  return z ^ z >> 31;
}

static uint64_t below(caller *c, uint64_t end) { return any(c) % end; }

/* -- Numbers -- */

static int64_t any_integer(caller *c) {
  static const int64_t edges[] = {-1, INT32_MAX, INT32_MIN, INT64_MAX, INT64_MIN, UINT32_MAX, 16384,
                                  16385, 65536, 1 << 20, (int64_t)1 << 40};
  switch (below(c, 8)) {
  case 0: return (int64_t)any(c);
  case 1: return edges[below(c, sizeof edges / sizeof *edges)];
  case 2: return -(int64_t)below(c, 300);
  case 3: return (int64_t)below(c, 300);
  default: return (int64_t)below(c, 9);
  }
}

static double any_double(caller *c) {
  static const double edges[] = {0.0, -0.0, 1.0, -1.0, 0.5, 1e9, -1e300, 1e300, 5e-324};
  switch (below(c, 6)) {
  case 0: { /* any bits: infinities and what is no number among them */
    uint64_t bits = any(c);
    double number;
    memcpy(&number, &bits, sizeof number);
    return number;
  }
  case 1: return 0.0 / (double)below(c, 2);
  case 2: return 1.0 / (double)below(c, 2);
  default: return edges[below(c, sizeof edges / sizeof *edges)];
  }
}

/* -- Memory, exactly as long as is said -- */

static void *hold(caller *c, size_t length) {
  if (c->held_count == HELD) abort();
  void *block = malloc(length ? length : 1);
  if (!block) abort();
  return c->held[c->held_count++] = block;
}

static void let_go(caller *c) {
  while (c->held_count) free(c->held[--c->held_count]);
}

enum { FIRST_SHADER = 6, SHADERS = 4 }; /* of the texts, those that compile */
static const char *const texts[] = {
    "", "inputImage", "level", "flight", "no/such/folder/flight", "\xff\xfe\x00\x80",
    "/*{}*/\nvoid main() { gl_FragColor = vec4(0.2, 0.4, 0.6, 1.0); }",
    "/*{\"INPUTS\": [{\"NAME\": \"inputImage\", \"TYPE\": \"image\"}]}*/\n"
    "void main() { gl_FragColor = IMG_THIS_PIXEL(inputImage); }",
    "/*{\"INPUTS\": [{\"NAME\": \"level\", \"TYPE\": \"float\", \"MIN\": 0, \"MAX\": 9},"
    " {\"NAME\": \"go\", \"TYPE\": \"event\"}, {\"NAME\": \"p\", \"TYPE\": \"point2D\"},"
    " {\"NAME\": \"c\", \"TYPE\": \"color\"}, {\"NAME\": \"n\", \"TYPE\": \"long\"},"
    " {\"NAME\": \"b\", \"TYPE\": \"bool\"}, {\"NAME\": \"s\", \"TYPE\": \"audio\", \"MAX\": 16},"
    " {\"NAME\": \"f\", \"TYPE\": \"audioFFT\", \"MAX\": 16}],"
    " \"PASSES\": [{\"TARGET\": \"kept\", \"PERSISTENT\": true, \"FLOAT\": true,"
    " \"WIDTH\": \"$level * 4 + 1\"}, {}]}*/\n"
    "void main() { gl_FragColor = IMG_NORM_PIXEL(kept, vec2(0.5)) + vec4(level + p.x) + c"
    " + IMG_NORM_PIXEL(s, vec2(0.5)) + IMG_NORM_PIXEL(f, vec2(0.5)); }",
    "/*{\"IMPORTED\": {\"noise\": {\"PATH\": \"noise.png\"}}}*/\n"
    "void main() { gl_FragColor = IMG_THIS_PIXEL(noise); }",
    "/*{ \"ISFVSN\": }*/ void main() {}",
    "/*{}*/ void main() { wrong }",
    "void main() { gl_FragColor = vec4(1.0); }", "kept", "film.y4m", "hum.wav",
};
enum { TEXTS = sizeof texts / sizeof *texts };

static const char *any_text(caller *c, size_t *length) {
  const char *known = texts[below(c, TEXTS)];
  switch (below(c, 8)) {
  case 0:
    *length = (size_t)any_integer(c);
    return NULL;
  case 1: {
    *length = below(c, 200);
    char *bytes = hold(c, *length);
    for (size_t i = 0; i < *length; i++) {
      bytes[i] = (char)any(c);
      if (bytes[i] == '/') bytes[i] = '_'; /* a path stays in this folder */
    }
    return bytes;
  }
  case 2: *length = below(c, strlen(known) + 1); break;
  default: *length = strlen(known);
  }
  return memcpy(hold(c, *length), known, *length);
}

/* Every other time what the function has a use for. */
static const char *likely_text(caller *c, const char *likely, size_t *length) {
  if (below(c, 2)) return any_text(c, length);
  *length = strlen(likely);
  return memcpy(hold(c, *length), likely, *length);
}

/* -- Handles: a few of each kind are remembered, for any thread -- */

typedef enum { KINDS_LIST KINDS } kind;

static _Atomic uint64_t slots[KINDS][SLOTS];
static int slots_of(kind k);             /* how many are remembered */
static void destroy(kind k, uint64_t bits);

static uint64_t any_handle(caller *c, kind k) {
  const uint64_t right = slots[k][below(c, slots_of(k))];
  switch (below(c, 24)) {
  case 0: return 0;
  case 1: return any(c);
  case 2: return right ^ (uint64_t)1 << below(c, 64);
  case 3: return below(c, 64) | below(c, 8) << 32;
  case 4: return right + ((uint64_t)1 << 32);
  case 5: return slots[below(c, KINDS)][0];
  default: return right;
  }
}

static void keep(caller *c, kind k, uint64_t bits, const char *function) {
  if (bits == 0) fail(function, "success, and no handle");
  destroy(k, atomic_exchange(&slots[k][below(c, slots_of(k))], bits));
}

/* -- Reports -- */

static zcg_error *any_report(caller *c, zcg_error *report) {
  memset(report, 0xA5, sizeof *report);
  return below(c, 4) ? report : NULL;
}

static void check_report(caller *c, const char *function, zcg_status status, zcg_error *report) {
  if ((int)status < 0 || (int)status >= STATUSES) fail(function, "no status");
  if (!report || status == ZCG_OK) return;
  if (report->code != status) fail(function, "the report's code is another");
  if (!memchr(report->message, 0, sizeof report->message)) fail(function, "a message without end");
  if (!report->message[0]) fail(function, "no message");
  if (report->detail.bits) keep(c, KIND_text, report->detail.bits, function);
}

static void check_untouched(const char *function, zcg_status status, const void *result,
                            const void *before, size_t size) {
  if (status != ZCG_OK && memcmp(result, before, size))
    fail(function, "a failure, and a result that is touched");
}

/* Reads every byte, so that a sanitizer looks. */
static void look(const void *bytes, size_t length) {
  for (size_t i = 0; i < length; i++) (void)((const volatile unsigned char *)bytes)[i];
}

/* -- Blocks whose fields hang together -- */

/* Keeps a size within what this machine draws in no time, or beyond all that any draws. */
static void keep_small(int64_t *width, int64_t *height) {
  if (*width > 64 && *width <= 65536) *width = *height > 64 ? 64 : *width;
  if (*height > 64 && *height <= 65536) *height = *width > 64 ? 64 : *height;
  if (*width > 64 && *width <= 65536 && *height > 16) *height = 16;
  if (*height > 64 && *height <= 65536 && *width > 16) *width = 16;
}

static void shape_pixels(caller *c, zcg_pixels *pixels) {
  const int is_whole = below(c, 3) != 0;
  if (is_whole) {
    pixels->width = 1 + (int32_t)below(c, 32);
    pixels->height = 1 + (int32_t)below(c, 32);
    pixels->channels = 3 + (int32_t)below(c, 2);
    pixels->is_float = (int32_t)below(c, 2);
    pixels->row_stride = 0;
  }
  if (pixels->row_stride < 0 || below(c, 8) == 0) { /* upside down: it begins in the last row */
    pixels->width = (int32_t)below(c, 17);
    pixels->height = (int32_t)below(c, 17);
    pixels->row_stride = -(int64_t)below(c, 512);
    char *block = hold(c, 17 * 512);
    memset(block, 7, 17 * 512);
    pixels->data = block + 16 * 512;
    pixels->length = 512;
    return;
  }
  pixels->length = below(c, MOST_BYTES);
  if (is_whole)
    pixels->length = (size_t)pixels->width * pixels->height * pixels->channels *
                     (pixels->is_float ? 4 : 1);
  char *block = hold(c, pixels->length);
  memset(block, 7, pixels->length);
  pixels->data = below(c, 16) ? block : NULL;
}

static void shape_destination(caller *c, zcg_destination *destination) {
  if (below(c, 3)) {
    destination->format = ZCG_FORMAT_RGBA8;
    destination->row_stride = 0;
  }
  destination->length = below(c, 4) ? MOST_BYTES : below(c, MOST_BYTES);
  destination->data = below(c, 16) ? hold(c, destination->length) : NULL;
}

/* Six of a size are seldom picked by chance. */
static void shape_decoder(zcg_decoder_options *block) {
  *block = (zcg_decoder_options){.struct_size = sizeof *block, .codec = "h264", .codec_length = 4};
}

/* Bytes that begin as an IDR slice of H.264 does. */
static void shape_packet(caller *c, zcg_packet *packet) {
  static const uint8_t slice[] = {0, 0, 1, 0x65, 0x88, 0x84, 0, 0x10, 0xFF, 0xFE, 0x80};
  packet->data = slice;
  packet->length = below(c, sizeof slice + 1);
}

static void shape_faces(caller *c, zcg_cube_faces *faces) {
  const int from = below(c, 2) ? 0 : 1;
  for (int i = 6; i-- > 1;) faces->face[i] = faces->face[from];
}

static void shape_samples(caller *c, zcg_samples *samples) {
  if (below(c, 3)) {
    samples->format = 1 + (zcg_sample_format)below(c, 6);
    samples->rate = 48000;
    samples->channels = 1 + (int64_t)below(c, 3);
    samples->count = (int64_t)below(c, 200);
    samples->channel_stride = (int64_t)below(c, 2000);
    samples->sample_stride = (int64_t)below(c, 9);
  }
  samples->length = below(c, 4) ? MOST_BYTES : below(c, MOST_BYTES);
  char *block = hold(c, samples->length);
  memset(block, below(c, 4) ? 0 : 0xFF, samples->length); /* 0xFF: what is no number, as a float */
  samples->data = below(c, 16) ? block : NULL;
}

/* Mostly options that can be had. */
static void shape_film(caller *c, zcg_video_options *options) {
  if (below(c, 4) == 0) return;
  options->backend = ZCG_BACKEND_AUTO;
  options->threads = (int32_t)below(c, 3);
  options->lease_budget = 0;
}

static void fill_zcg_value(caller *c, zcg_value *value);

static void shape_values(caller *c, zcg_render_options *options) {
  keep_small(&options->width, &options->height);
  if (below(c, 4) == 0) {
    options->values = NULL;
    return;
  }
  options->value_count = (uint32_t)below(c, 4);
  zcg_value *values = hold(c, options->value_count * sizeof *values);
  for (uint32_t i = 0; i < options->value_count; i++) fill_zcg_value(c, &values[i]);
  options->values = values;
}

#include "calls.h"

/* -- The run -- */

static _Atomic uint64_t tally[FUNCTIONS][STATUSES];

typedef struct {
  uint64_t seed;
  uint64_t calls;
  int is_alone;
} share;

static void *run(void *argument) {
  const share *mine = argument;
  caller c = {.random = mine->seed, .is_alone = mine->is_alone};
  for (uint64_t i = 0; i < mine->calls; i++) {
    uint64_t lot = below(&c, WEIGHTS);
    int f = 0;
    while (lot >= functions[f].weight) lot -= functions[f++].weight;
    tally[f][functions[f].call(&c) & (STATUSES - 1)]++;
    let_go(&c);
  }
  return NULL;
}

static void furnish_context(int i) {
  const zcg_context_options options = {.struct_size = sizeof options,
                                       .dialect = i % 2 ? ZCG_DIALECT_ES : ZCG_DIALECT_GL};
  zcg_context context;
  if (zcg_context_create(&options, &context, NULL) != ZCG_OK) fail("furnish", "no context");
  destroy(KIND_context, atomic_exchange(&slots[KIND_context][i], context.bits));
}

static void furnish_scene(int i) {
  const char *text = texts[FIRST_SHADER + i % SHADERS];
  const zcg_scene_source source = {
      .struct_size = sizeof source, .fragment = text, .fragment_length = strlen(text)};
  const zcg_context context = {slots[KIND_context][i % slots_of(KIND_context)]};
  zcg_scene scene;
  if (zcg_scene_create(context, &source, &scene, NULL) != ZCG_OK) fail("furnish", "no scene");
  destroy(KIND_scene, atomic_exchange(&slots[KIND_scene][i], scene.bits));
}

/* run.py has written the files. */
static void furnish_film(int i) {
  zcg_video video;
  const char *path = i % 2 ? "talk.avi" : "film.y4m";
  if (zcg_video_open(path, strlen(path), NULL, &video, NULL) != ZCG_OK) fail("furnish", "no video");
  destroy(KIND_video, atomic_exchange(&slots[KIND_video][i], video.bits));
}

/* Sees to it that contexts live, and scenes in them; and videos. */
static void furnish(void) {
  for (int i = 0; i < slots_of(KIND_context); i++) {
    const zcg_context context = {slots[KIND_context][i]};
    int32_t open = 0;
    /* A borrowed one has gone with the thread whose context it was. */
    const int lives = zcg_context_is_open(context, &open, NULL) == ZCG_OK && open &&
                      zcg_context_reinitialize(context, NULL) == ZCG_OK;
    if (!lives) furnish_context(i);
  }
  for (int i = 0; i < slots_of(KIND_scene); i++) furnish_scene(i);
  for (int i = 0; i < slots_of(KIND_video); i++) furnish_film(i);
}

/* Makes `calls` calls in threads that come and go: `rounds` times `threads` of them. */
__attribute__((visibility("default"))) void drive(uint64_t seed, uint64_t calls, int rounds,
                                                  int threads) {
  share shares[16];
  pthread_t made[16];
  if (threads > 16) threads = 16;
  for (int round = 0; round < rounds; round++) {
    furnish();
    for (int i = 0; i < threads; i++) {
      shares[i] = (share){seed + (uint64_t)(round * 16 + i) * 0x632be59bd9b4e019,
                          calls / (uint64_t)(rounds * threads), threads == 1};
      if (pthread_create(&made[i], NULL, run, &shares[i]) != 0) abort();
    }
    for (int i = 0; i < threads; i++) pthread_join(made[i], NULL);
  }
}

/* Gives back every handle that is remembered. */
__attribute__((visibility("default"))) void let_all_go(void) {
  for (kind k = 0; k < KINDS; k++)
    for (int i = 0; i < SLOTS; i++) destroy(k, atomic_exchange(&slots[k][i], 0));
}

/* How often a function gave a status; -1 beyond the last function. */
__attribute__((visibility("default"))) int64_t tally_of(int function, int status) {
  return function < FUNCTIONS ? (int64_t)tally[function][status & (STATUSES - 1)] : -1;
}

__attribute__((visibility("default"))) const char *name_of(int function) {
  return function < FUNCTIONS ? functions[function].name : NULL;
}
