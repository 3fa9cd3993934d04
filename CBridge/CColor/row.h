/* A row of RGBA on its way to a target. */
#ifndef ZCGPU_COLOR_ROW_H
#define ZCGPU_COLOR_ROW_H

#include "color.h"

#include <string.h>

/* Where row `y` is to be written: its own place, or `spare` where pixels do not lie in order. */
static inline uint8_t *zcc_row_begin(const zcc_target *target, int32_t y, uint8_t *spare) {
  return target->column == 4 ? target->first + y * target->row : spare;
}

static inline void zcc_row_end(const zcc_target *target, int32_t y, const uint8_t *spare,
                               int32_t width) {
  if (target->column == 4) return;
  uint8_t *to = target->first + y * target->row;
  for (int32_t x = 0; x < width; x++)
    memcpy(to + x * target->column, spare + 4 * x, 4);
}

#endif
