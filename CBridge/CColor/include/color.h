/* Decoded pictures to RGBA, a byte a component. What a picture is, and which numbers its colour
 * comes to, Swift has worked out; here are the loops, written so that a compiler makes vectors of
 * them. Rows are read as far as the picture goes, and no further.
 */
#ifndef ZCGPU_COLOR_H
#define ZCGPU_COLOR_H

#include <stddef.h>
#include <stdint.h>

typedef struct {
  const uint8_t *data;
  int64_t stride; /* bytes from one row to the next, may be negative */
} zcc_plane;

/* Where RGBA goes: the first pixel, and how many bytes on the next of the row, and of the column,
 * lie. Any of the eight ways to turn a picture can be said so. */
typedef struct {
  uint8_t *first;
  int64_t column;
  int64_t row;
} zcc_target;

/* How chroma is spread over luma, along rows or columns. Luma sample span * i + p takes of[p] of
 * chroma i - 1, i and i + 1, of which one of the outer two is 0. */
typedef struct {
  int32_t span; /* luma samples for each of chroma, of which the last may have fewer: 1, 2, 4 */
  int32_t bits; /* weights of a luma sample sum up to 1 << bits; depth and both: 16 at most */
  uint16_t of[4][3]; /* beyond span, of no meaning */
} zcc_weights;

/* RGB in 1/32 of a byte's unit: for each of them (luma, Cb, Cr) * of / 65536 + bias, where luma is
 * shifted up to 15 bits, and chroma to 16 less 32768. */
typedef struct {
  int16_t of[3][3];
  int16_t bias[3];
} zcc_matrix;

typedef struct {
  int32_t width, height;
  int32_t sample_bytes; /* 1, or 2 in little endian */
  int32_t shift;        /* zero bits below a sample */
  int32_t depth;        /* 8 to 12 */
  int32_t is_paired;    /* cb's plane has Cb and Cr in turns; cr is not read */
  zcc_plane luma, cb, cr;
  zcc_plane alpha; /* of all bits; data is NULL where all is opaque */
  zcc_weights across, down;
  zcc_matrix matrix;
} zcc_ycbcr;

/* 0, or -1 where there is no memory for a few rows. */
int zcc_convert_ycbcr(const zcc_ycbcr *picture, zcc_target target);

/* One of red, green, blue, alpha: its first sample, and how far apart they are. */
typedef struct {
  const uint8_t *data; /* NULL: 255 all over */
  int64_t stride;      /* bytes from one row to the next */
  int32_t step;        /* bytes from one sample to the next */
  int32_t reserved;
  const uint8_t *bytes; /* what each sample's value becomes; NULL: itself. Of 1 << depth entries */
} zcc_component;

typedef struct {
  int32_t width, height;
  int32_t sample_bytes; /* 1, or 2 in little endian */
  int32_t depth;        /* values beyond it count as the highest */
  zcc_component component[4];
} zcc_components;

/* 0, or -1 where there is no memory for a row. */
int zcc_convert_components(const zcc_components *picture, zcc_target target);

#endif
