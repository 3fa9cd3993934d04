#include "shim.h"

#include <stdlib.h>

zcav_ratio ratio_of(AVRational ratio) {
  if (ratio.num <= 0 || ratio.den <= 0) return (zcav_ratio){0, 1};
  return (zcav_ratio){ratio.num, ratio.den};
}

zcav_color color_of(enum AVColorSpace matrix, enum AVColorPrimaries primaries,
                    enum AVColorTransferCharacteristic transfer, enum AVColorRange range,
                    enum AVChromaLocation siting) {
  return (zcav_color){
      .matrix = (int32_t)matrix,
      .primaries = (int32_t)primaries,
      .transfer = (int32_t)transfer,
      .range = (int32_t)range,
      .siting = (int32_t)siting,
  };
}

/* A point (x, y), y down, goes to (ax + cy, bx + dy), where the matrix is (a b . c d . . . .). The
 * right of the picture goes to (a, b), but for a mirror: then the left does. */
void turn_of(const int32_t *matrix, int32_t *turn, int32_t *is_mirrored) {
  *turn = *is_mirrored = 0;
  if (!matrix) return;
  int64_t a = matrix[0], b = matrix[1], c = matrix[3], d = matrix[4];
  if (a * d - b * c < 0) {
    *is_mirrored = 1;
    a = -a;
    b = -b;
  }
  if (llabs(a) >= llabs(b))
    *turn = a < 0 ? 180 : 0;
  else
    *turn = b > 0 ? 90 : 270;
}
