#include "row.h"

#include <stdlib.h>

/* Everything is inlined into `convert`, of which there is one for each kind of processor. */
#define ROWS static inline __attribute__((always_inline))

/* Rows of samples, as numbers; chroma's have one more at either end, the nearest again. */
typedef struct {
  uint16_t *luma;
  uint16_t *chroma[2][2]; /* Cb, Cr of an even row of chroma, and of an odd one */
  int32_t held[2];        /* which rows those are, -1 for none */
  uint16_t *mixed[2];     /* of two rows, times the sum of their weights */
  int16_t *wide[2];       /* for each luma sample, as zcc_matrix has it */
  uint8_t *spare;
} rows;

ROWS void read_samples(const uint8_t *from, const zcc_ycbcr *picture, int32_t count, uint16_t *to) {
  if (picture->sample_bytes == 1) {
    for (int32_t i = 0; i < count; i++)
      to[i] = from[i];
    return;
  }
  /* What is beyond the depth is no sample: it must not carry into another's. */
  const int shift = picture->shift;
  const uint16_t mask = (uint16_t)((1u << picture->depth) - 1);
  for (int32_t i = 0; i < count; i++) {
    uint16_t sample;
    memcpy(&sample, from + 2 * (int64_t)i, 2);
    to[i] = (uint16_t)(sample >> shift) & mask;
  }
}

ROWS void read_pairs(const uint8_t *from, const zcc_ycbcr *picture, int32_t count, uint16_t *cb,
                     uint16_t *cr) {
  if (picture->sample_bytes == 1) {
    for (int32_t i = 0; i < count; i++) {
      uint16_t pair;
      memcpy(&pair, from + 2 * (int64_t)i, 2);
      cb[i] = pair & 255;
      cr[i] = pair >> 8;
    }
    return;
  }
  const int shift = picture->shift;
  const uint16_t mask = (uint16_t)((1u << picture->depth) - 1);
  for (int32_t i = 0; i < count; i++) {
    uint32_t pair;
    memcpy(&pair, from + 4 * (int64_t)i, 4);
    cb[i] = (uint16_t)((pair & 0xffff) >> shift) & mask;
    cr[i] = (uint16_t)((pair >> 16) >> shift) & mask;
  }
}

ROWS void read_chroma(const zcc_ycbcr *picture, rows *rows, int32_t row, int32_t count) {
  const int slot = row & 1;
  if (rows->held[slot] == row) return;
  rows->held[slot] = row;
  uint16_t *cb = rows->chroma[slot][0], *cr = rows->chroma[slot][1];
  if (picture->is_paired) {
    read_pairs(picture->cb.data + row * picture->cb.stride, picture, count, cb + 1, cr + 1);
  } else {
    read_samples(picture->cb.data + row * picture->cb.stride, picture, count, cb + 1);
    read_samples(picture->cr.data + row * picture->cr.stride, picture, count, cr + 1);
  }
  cb[0] = cb[1], cr[0] = cr[1];
  cb[count + 1] = cb[count], cr[count + 1] = cr[count];
}

ROWS void mix(const uint16_t *restrict a, const uint16_t *restrict b, uint16_t of_a, uint16_t of_b,
              int32_t count, uint16_t *restrict to) {
  for (int32_t i = 0; i < count; i++)
    to[i] = (uint16_t)(a[i] * of_a + b[i] * of_b);
}

/* Chroma for each luma sample, four for each of chroma. */
ROWS void widen_by_four(const uint16_t *restrict from, const zcc_weights *across, int up,
                        int32_t count, int16_t *restrict to) {
  for (int32_t i = 0; i < count; i++) {
    for (int p = 0; p < 4; p++) {
      const uint16_t *of = across->of[p];
      const uint16_t sum = (uint16_t)(from[i] * of[0] + from[i + 1] * of[1] + from[i + 2] * of[2]);
      to[4 * i + p] = (int16_t)((uint16_t)(sum << up) ^ 0x8000);
    }
  }
}

/* Chroma for each luma sample, from mixed rows with one more at either end. Writes a whole number
 * of spans. */
ROWS void widen(const uint16_t *restrict from, const zcc_ycbcr *picture, int32_t count,
                int16_t *restrict to) {
  const zcc_weights *across = &picture->across;
  const int up = 16 - picture->depth - picture->down.bits - across->bits;
  if (across->span == 1) {
    const int all = up + across->bits;
    for (int32_t i = 0; i < count; i++)
      to[i] = (int16_t)(uint16_t)(((uint16_t)(from[i + 1] << all)) ^ 0x8000);
    return;
  }
  if (across->span == 4) {
    widen_by_four(from, across, up, count, to);
    return;
  }
  const uint16_t e0 = across->of[0][0], e1 = across->of[0][1];
  const uint16_t o0 = across->of[1][1], o1 = across->of[1][2];
  for (int32_t i = 0; i < count; i++) {
    const uint16_t even = (uint16_t)(from[i] * e0 + from[i + 1] * e1);
    const uint16_t odd = (uint16_t)(from[i + 1] * o0 + from[i + 2] * o1);
    to[2 * i] = (int16_t)((uint16_t)(even << up) ^ 0x8000);
    to[2 * i + 1] = (int16_t)((uint16_t)(odd << up) ^ 0x8000);
  }
}

/* The upper half of a product. */
static inline int16_t high(int16_t a, int16_t b) { return (int16_t)(((int32_t)a * b) >> 16); }

static inline uint32_t to_byte(int16_t value) {
  value >>= 5;
  return (uint32_t)(value < 0 ? 0 : value > 255 ? 255 : value);
}

ROWS void apply(const uint16_t *restrict luma, const int16_t *restrict cb,
                const int16_t *restrict cr, const zcc_ycbcr *picture, uint8_t *restrict to) {
  const zcc_matrix m = picture->matrix;
  const int up = 15 - picture->depth;
  for (int32_t x = 0; x < picture->width; x++) {
    const int16_t y = (int16_t)(luma[x] << up);
    const int16_t r = (int16_t)(high(y, m.of[0][0]) + high(cb[x], m.of[0][1]) +
                                high(cr[x], m.of[0][2]) + m.bias[0]);
    const int16_t g = (int16_t)(high(y, m.of[1][0]) + high(cb[x], m.of[1][1]) +
                                high(cr[x], m.of[1][2]) + m.bias[1]);
    const int16_t b = (int16_t)(high(y, m.of[2][0]) + high(cb[x], m.of[2][1]) +
                                high(cr[x], m.of[2][2]) + m.bias[2]);
    const uint32_t pixel = to_byte(r) | to_byte(g) << 8 | to_byte(b) << 16 | 0xff000000u;
    memcpy(to + 4 * (int64_t)x, &pixel, 4);
  }
}

ROWS void put_alpha(const uint16_t *alpha, const zcc_ycbcr *picture, uint8_t *to) {
  const uint32_t top = (1u << picture->depth) - 1;
  for (int32_t x = 0; x < picture->width; x++)
    to[4 * x + 3] = (uint8_t)((alpha[x] * 255u + top / 2) / top);
}

ROWS void convert(const zcc_ycbcr *picture, const zcc_target *target, rows *rows) {
  const int32_t columns = (picture->width - 1) / picture->across.span + 1;
  const int32_t span = picture->down.span, last = (picture->height - 1) / span;
  for (int32_t y = 0; y < picture->height; y++) {
    const uint16_t *weights = picture->down.of[y % span];
    int32_t first = y / span - 1;
    /* Only two of three rows count. */
    if (!weights[0]) weights++, first++;
    int32_t second = first + 1;
    if (first < 0) first = second;
    if (second > last || !weights[1]) second = first;
    read_chroma(picture, rows, first, columns);
    read_chroma(picture, rows, second, columns);
    for (int c = 0; c < 2; c++) {
      mix(rows->chroma[first & 1][c], rows->chroma[second & 1][c], weights[0], weights[1],
          columns + 2, rows->mixed[c]);
      widen(rows->mixed[c], picture, columns, rows->wide[c]);
    }
    read_samples(picture->luma.data + y * picture->luma.stride, picture, picture->width,
                 rows->luma);
    uint8_t *row = zcc_row_begin(target, y, rows->spare);
    apply(rows->luma, rows->wide[0], rows->wide[1], picture, row);
    if (picture->alpha.data) {
      read_samples(picture->alpha.data + y * picture->alpha.stride, picture, picture->width,
                   rows->luma);
      put_alpha(rows->luma, picture, row);
    }
    zcc_row_end(target, y, rows->spare, picture->width);
  }
}

static void convert_anywhere(const zcc_ycbcr *picture, const zcc_target *target, rows *rows) {
  convert(picture, target, rows);
}

#if defined(__x86_64__)
__attribute__((target("avx2"))) static void convert_avx2(const zcc_ycbcr *picture,
                                                         const zcc_target *target, rows *rows) {
  convert(picture, target, rows);
}

static void convert_here(const zcc_ycbcr *picture, const zcc_target *target, rows *rows) {
  (__builtin_cpu_supports("avx2") ? convert_avx2 : convert_anywhere)(picture, target, rows);
}
#else
#define convert_here convert_anywhere
#endif

int zcc_convert_ycbcr(const zcc_ycbcr *picture, zcc_target target) {
  /* One more at either end, or up to three for a whole span; in multiples of a cache line. */
  const size_t room = ((size_t)picture->width + 3 + 31) / 32 * 32;
  uint16_t *block = aligned_alloc(64, room * 11 * sizeof(uint16_t));
  if (!block) return -1;
  rows rows = {.held = {-1, -1}};
  uint16_t *next = block;
  rows.luma = next;
  for (int i = 0; i < 2; i++) {
    for (int c = 0; c < 2; c++)
      rows.chroma[i][c] = next += room;
    rows.mixed[i] = next += room;
    rows.wide[i] = (int16_t *)(next += room);
  }
  rows.spare = (uint8_t *)(next += room);
  convert_here(picture, &target, &rows);
  free(block);
  return 0;
}
