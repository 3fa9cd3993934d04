#include "row.h"

#include <stdlib.h>

static void put(const zcc_component *component, const zcc_components *picture, int32_t y,
                uint8_t *to) {
  const int32_t width = picture->width, step = component->step;
  if (!component->data) {
    for (int32_t x = 0; x < width; x++)
      to[4 * x] = 255;
    return;
  }
  const uint8_t *from = component->data + y * component->stride;
  const uint8_t *bytes = component->bytes;
  if (picture->sample_bytes == 2 && bytes) {
    const uint32_t top = (1u << picture->depth) - 1;
    for (int32_t x = 0; x < width; x++) {
      const uint32_t value = from[(int64_t)x * step] | (uint32_t)from[(int64_t)x * step + 1] << 8;
      to[4 * x] = bytes[value < top ? value : top];
    }
  } else if (bytes) {
    for (int32_t x = 0; x < width; x++)
      to[4 * x] = bytes[from[(int64_t)x * step]];
  } else {
    for (int32_t x = 0; x < width; x++)
      to[4 * x] = from[(int64_t)x * step];
  }
}

int zcc_convert_components(const zcc_components *picture, zcc_target target) {
  uint8_t *spare = NULL;
  if (target.column != 4 && !(spare = malloc((size_t)picture->width * 4))) return -1;
  for (int32_t y = 0; y < picture->height; y++) {
    uint8_t *row = zcc_row_begin(&target, y, spare);
    for (int c = 0; c < 4; c++)
      put(&picture->component[c], picture, y, row + c);
    zcc_row_end(&target, y, spare, picture->width);
  }
  free(spare);
  return 0;
}
