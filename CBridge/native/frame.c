#include "native.h"

int zcg_is_frame(zcg_module *module, PyObject *object) {
  return module->frame_type && PyObject_TypeCheck(object, module->frame_type);
}

PyObject *zcg_frame_wrap(zcg_module *module, zcg_frame handle, PyObject *context) {
  PyTypeObject *type = (PyTypeObject *)module->public_frame;
  if (!type) type = module->frame_type;
  if (!type) PyErr_SetString(PyExc_RuntimeError, "zcgpu: the interpreter is shutting down");
  zcg_py_frame *self =
      type ? (zcg_py_frame *)((allocfunc)PyType_GetSlot(type, Py_tp_alloc))(type, 0) : NULL;
  if (!self) {
    zcg_frame_destroy(&handle, NULL);
    return NULL;
  }
  self->module = module;
  self->handle = handle;
  self->context = Py_NewRef(context);
  return (PyObject *)self;
}

static PyObject *frame_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  PyErr_SetString(PyExc_TypeError, "frames come from scene.render(...) or context.frame(picture)");
  return NULL;
}

static void frame_dealloc(zcg_py_frame *self) {
  PyTypeObject *type = Py_TYPE((PyObject *)self);
  zcg_frame_destroy(&self->handle, NULL);
  Py_CLEAR(self->context);
  freefunc release = (freefunc)PyType_GetSlot(type, Py_tp_free);
  release(self);
  Py_DECREF(type);
}

static int check_frame(zcg_py_frame *self) {
  if (self->handle.bits) return 0;
  zcg_raise_text(self->module, ZCG_E_CLOSED, "this frame is closed");
  return -1;
}

static int layout_of(zcg_py_frame *self, zcg_frame_layout *layout) {
  if (check_frame(self) < 0) return -1;
  zcg_error err;
  if (zcg_frame_get_layout(self->handle, layout, &err) == ZCG_OK) return 0;
  zcg_raise(self->module, &err);
  return -1;
}

static PyObject *frame_close(zcg_py_frame *self, PyObject *unused) {
  zcg_frame_destroy(&self->handle, NULL);
  Py_RETURN_NONE;
}

static PyObject *frame_closed(zcg_py_frame *self, void *unused) {
  return PyBool_FromLong(!self->handle.bits);
}

static PyObject *frame_usable(zcg_py_frame *self, void *unused) {
  zcg_frame_layout layout;
  if (!self->handle.bits) Py_RETURN_FALSE;
  if (layout_of(self, &layout) < 0) return NULL;
  return PyBool_FromLong(layout.is_usable);
}

static PyObject *frame_width(zcg_py_frame *self, void *unused) {
  zcg_frame_layout layout;
  return layout_of(self, &layout) < 0 ? NULL : PyLong_FromLong(layout.width);
}

static PyObject *frame_height(zcg_py_frame *self, void *unused) {
  zcg_frame_layout layout;
  return layout_of(self, &layout) < 0 ? NULL : PyLong_FromLong(layout.height);
}

static PyObject *frame_dtype(zcg_py_frame *self, void *unused) {
  zcg_frame_layout layout;
  if (layout_of(self, &layout) < 0) return NULL;
  return PyUnicode_FromString(layout.format == ZCG_FORMAT_RGBA8 ? "uint8" : "float32");
}

static PyObject *frame_context(zcg_py_frame *self, void *unused) {
  return Py_NewRef(self->context);
}

/* What one exported view needs until it is released. */
typedef struct {
  uint64_t mapping;
  Py_ssize_t shape[3];
  Py_ssize_t strides[3];
} frame_view;

static int frame_getbuffer(zcg_py_frame *self, Py_buffer *view, int flags) {
  view->obj = NULL;
  if (flags & PyBUF_WRITABLE) {
    PyErr_SetString(PyExc_BufferError,
                    "a frame's pixels are read-only; frame.to_numpy() gives a copy to write to");
    return -1;
  }
  zcg_frame_layout layout;
  if (layout_of(self, &layout) < 0) return -1;
  frame_view *kept = PyMem_Malloc(sizeof *kept);
  if (!kept) {
    PyErr_NoMemory();
    return -1;
  }
  const void *data;
  size_t length;
  zcg_error err;
  zcg_status status;
  zcg_frame handle = self->handle;
  Py_BEGIN_ALLOW_THREADS;
  status = zcg_frame_map(handle, &data, &length, &kept->mapping, &err);
  Py_END_ALLOW_THREADS;
  if (status != ZCG_OK) {
    PyMem_Free(kept);
    zcg_raise(self->module, &err);
    return -1;
  }
  Py_ssize_t item = layout.format == ZCG_FORMAT_RGBA8 ? 1 : 4;
  kept->shape[0] = layout.height;
  kept->shape[1] = layout.width;
  kept->shape[2] = 4;
  kept->strides[2] = item;
  kept->strides[1] = item * 4;
  kept->strides[0] = item * 4 * layout.width;
  view->buf = (void *)data;
  view->len = (Py_ssize_t)length;
  view->itemsize = item;
  view->readonly = 1;
  view->ndim = 3;
  view->format = (flags & PyBUF_FORMAT) ? (item == 1 ? "B" : "f") : NULL;
  view->shape = (flags & PyBUF_ND) ? kept->shape : NULL;
  view->strides = (flags & PyBUF_STRIDES) == PyBUF_STRIDES ? kept->strides : NULL;
  view->suboffsets = NULL;
  view->internal = kept;
  view->obj = Py_NewRef((PyObject *)self);
  return 0;
}

static void frame_releasebuffer(zcg_py_frame *self, Py_buffer *view) {
  frame_view *kept = view->internal;
  zcg_frame_unmap(kept->mapping, NULL);
  PyMem_Free(kept);
}

static PyMethodDef frame_methods[] = {
    {"close", (PyCFunction)frame_close, METH_NOARGS,
     "Give the frame up now. Views of its pixels stay valid. Closing twice is fine."},
    {0},
};

static PyGetSetDef frame_getters[] = {
    {"closed", (getter)frame_closed, NULL, "Whether the frame is closed.", NULL},
    {"usable", (getter)frame_usable, NULL, "Whether its context still lives.", NULL},
    {"width", (getter)frame_width, NULL, "Pixels a row.", NULL},
    {"height", (getter)frame_height, NULL, "Rows.", NULL},
    {"dtype", (getter)frame_dtype, NULL, "'uint8' or 'float32'.", NULL},
    {"context", (getter)frame_context, NULL, "The context it lives in.", NULL},
    {0},
};

static PyType_Slot frame_slots[] = {
    {Py_tp_new, frame_new},
    {Py_tp_dealloc, frame_dealloc},
    {Py_tp_methods, frame_methods},
    {Py_tp_getset, frame_getters},
    {Py_bf_getbuffer, frame_getbuffer},
    {Py_bf_releasebuffer, frame_releasebuffer},
    {0, NULL},
};

PyType_Spec zcg_frame_spec = {
    .name = "zcgpu._native.Frame",
    .basicsize = sizeof(zcg_py_frame),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
    .slots = frame_slots,
};
