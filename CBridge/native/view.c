#include "native.h"

int zcg_mapping_take(zcg_py_frame *frame, zcg_mapping *mapping) {
  if (zcg_frame_check(frame) < 0) return -1;
  zcg_frame_layout layout;
  zcg_error err;
  zcg_frame handle = frame->handle;
  zcg_status status = zcg_frame_get_layout(handle, &layout, &err);
  if (status == ZCG_OK) {
    Py_BEGIN_ALLOW_THREADS;
    status = zcg_frame_map(handle, &mapping->data, &mapping->length, &mapping->id, &err);
    Py_END_ALLOW_THREADS;
  }
  if (status != ZCG_OK) {
    zcg_raise(frame->module, &err);
    return -1;
  }
  zcg_trace(frame->module, ZCG_NOUN_MAPPING, mapping->id);
  const zcg_element *element = zcg_element_of(layout.format);
  Py_ssize_t item = element->size, channels = element->channels;
  mapping->element = element;
  mapping->ndim = channels == 1 ? 2 : 3;
  mapping->shape[0] = layout.height;
  mapping->shape[1] = layout.width;
  mapping->shape[2] = channels;
  mapping->strides[2] = item;
  mapping->strides[1] = item * channels;
  mapping->strides[0] = item * channels * layout.width;
  return 0;
}

const zcg_element *zcg_element_of(zcg_format format) {
  static const zcg_element elements[] = {
      [ZCG_FORMAT_RGBA8] = {"uint8", "B", 1, 4}, [ZCG_FORMAT_RGBA32F] = {"float32", "f", 4, 4},
      [ZCG_FORMAT_R8] = {"uint8", "B", 1, 1},    [ZCG_FORMAT_RG8] = {"uint8", "B", 1, 2},
      [ZCG_FORMAT_R16] = {"uint16", "H", 2, 1},  [ZCG_FORMAT_RG16] = {"uint16", "H", 2, 2},
  };
  return &elements[format];
}

/* What exports a frame's pixels: it keeps them, and not the frame. */
typedef struct {
  PyObject_HEAD
  zcg_mapping mapping;
} zcg_py_view;

static void view_dealloc(zcg_py_view *self) {
  PyTypeObject *type = Py_TYPE((PyObject *)self);
  zcg_frame_unmap(self->mapping.id, NULL);
  PyObject_Free(self);
  Py_DECREF(type);
}

static int view_getbuffer(zcg_py_view *self, Py_buffer *view, int flags) {
  view->obj = NULL;
  if (flags & PyBUF_WRITABLE) {
    PyErr_SetString(PyExc_BufferError,
                    "a frame's pixels are read-only; frame.to_numpy() gives a copy to write to");
    return -1;
  }
  zcg_mapping *mapping = &self->mapping;
  view->buf = (void *)mapping->data;
  view->len = (Py_ssize_t)mapping->length;
  view->itemsize = mapping->element->size;
  view->readonly = 1;
  view->ndim = mapping->ndim;
  view->format = (flags & PyBUF_FORMAT) ? (char *)mapping->element->format : NULL;
  view->shape = (flags & PyBUF_ND) ? mapping->shape : NULL;
  view->strides = (flags & PyBUF_STRIDES) == PyBUF_STRIDES ? mapping->strides : NULL;
  view->suboffsets = NULL;
  view->internal = NULL;
  view->obj = Py_NewRef((PyObject *)self);
  return 0;
}

int zcg_view_getbuffer(zcg_py_frame *frame, Py_buffer *view, int flags) {
  view->obj = NULL;
  zcg_mapping mapping;
  if (zcg_mapping_take(frame, &mapping) < 0) return -1;
  zcg_py_view *self = PyObject_New(zcg_py_view, frame->module->view_type);
  if (!self) {
    zcg_frame_unmap(mapping.id, NULL);
    return -1;
  }
  self->mapping = mapping;
  int result = view_getbuffer(self, view, flags);
  Py_DECREF(self);
  return result;
}

static PyType_Slot view_slots[] = {
    {Py_tp_dealloc, view_dealloc},
    {Py_bf_getbuffer, view_getbuffer},
    {Py_tp_doc, "What keeps a frame's pixels for those who look at them."},
    {0, NULL},
};

PyType_Spec zcg_view_spec = {
    .name = "zcgpu._native.View",
    .basicsize = sizeof(zcg_py_view),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    .slots = view_slots,
};
