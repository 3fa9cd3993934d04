#include "native.h"

#include <string.h>

/* 'B' or 'f', whatever native byte order mark stands before it; 0 for anything else. */
static char element(const char *format) {
  if (!format) return 'B';
  if (*format == '@' || *format == '=' || *format == '<') format++;
  if ((format[0] == 'B' || format[0] == 'f') && format[1] == 0) return format[0];
  return 0;
}

/* Checks what picture and target have in common. The element, or 0 with an exception set. */
static char check(zcg_module *module, const Py_buffer *view, const char *noun, int least) {
  char kind = element(view->format);
  if (view->ndim != 3) {
    zcg_raise_text(module, ZCG_E_BAD_BUFFER, "%s has %d dimensions; it takes (height, width, %s)",
                   noun, view->ndim, least == 3 ? "3 or 4" : "4");
    return 0;
  }
  if (view->shape[2] < least || view->shape[2] > 4) {
    zcg_raise_text(module, ZCG_E_BAD_BUFFER,
                   "%s has the shape (%zd, %zd, %zd); it takes (height, width, %s)", noun,
                   view->shape[0], view->shape[1], view->shape[2], least == 3 ? "3 or 4" : "4");
    return 0;
  }
  if (!kind) {
    zcg_raise_text(module, ZCG_E_BAD_BUFFER,
                   "%s has elements of format '%s'; it takes uint8 or float32", noun, view->format);
    return 0;
  }
  if (view->shape[0] > INT32_MAX || view->shape[1] > INT32_MAX) {
    zcg_raise_text(module, ZCG_E_BAD_SIZE, "%s of %zd x %zd pixels is too large", noun,
                   view->shape[1], view->shape[0]);
    return 0;
  }
  if (view->strides[2] != view->itemsize ||
      (view->shape[1] > 1 && view->strides[1] != view->itemsize * view->shape[2])) {
    zcg_raise_text(module, ZCG_E_BAD_BUFFER,
                   "%s has strides (%zd, %zd, %zd): the pixels of a row must lie side by side; "
                   "numpy.ascontiguousarray makes them",
                   noun, view->strides[0], view->strides[1], view->strides[2]);
    return 0;
  }
  return kind;
}

int zcg_pixels_from(zcg_module *module, const Py_buffer *view, zcg_pixels *pixels) {
  char kind = check(module, view, "a picture", 3);
  if (!kind) return -1;
  memset(pixels, 0, sizeof *pixels);
  pixels->struct_size = sizeof *pixels;
  pixels->height = (int32_t)view->shape[0];
  pixels->width = (int32_t)view->shape[1];
  pixels->channels = (int32_t)view->shape[2];
  pixels->is_float = kind == 'f';
  pixels->data = view->buf;
  if (view->shape[0] > 1) {
    Py_ssize_t stride = view->strides[0];
    pixels->row_stride = stride;
    /* What lies between the first row and the last one's end. */
    pixels->length = (size_t)(stride > 0 ? stride : 0) * (size_t)(view->shape[0] - 1);
  }
  pixels->length += (size_t)(view->shape[1] * view->shape[2] * view->itemsize);
  if (view->shape[0] > 1 && view->shape[1] > 0 && view->strides[0] == 0) {
    zcg_raise_text(module, ZCG_E_BAD_BUFFER,
                   "a picture whose rows all lie in one place (stride 0); "
                   "numpy.ascontiguousarray spreads them");
    return -1;
  }
  return 0;
}

int zcg_destination_from(zcg_module *module, const Py_buffer *view, zcg_destination *destination,
                         int64_t *width, int64_t *height) {
  char kind = check(module, view, "the target", 4);
  if (!kind) return -1;
  memset(destination, 0, sizeof *destination);
  destination->struct_size = sizeof *destination;
  destination->format = kind == 'f' ? ZCG_FORMAT_RGBA32F : ZCG_FORMAT_RGBA8;
  destination->data = view->buf;
  size_t row = (size_t)(view->shape[1] * view->shape[2] * view->itemsize);
  if (view->shape[0] > 1) {
    if (view->strides[0] < (Py_ssize_t)row) {
      zcg_raise_text(module, ZCG_E_BAD_BUFFER,
                     "the target's rows are %zd bytes apart, its rows hold %zu: "
                     "they may neither overlap nor run upwards",
                     view->strides[0], row);
      return -1;
    }
    destination->row_stride = view->strides[0];
    destination->length = (size_t)view->strides[0] * (size_t)(view->shape[0] - 1);
  }
  destination->length += row;
  *height = view->shape[0];
  *width = view->shape[1];
  return 0;
}
