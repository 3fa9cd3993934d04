#include <string.h>

#include "native.h"

/* A plane in memory: it keeps the pixels, and not the frame. */
typedef struct {
  PyObject_HEAD
  zcg_module *module;
  zcg_plane handle;
  zcg_plane_layout layout;
  int ndim;              /* 3 where a pixel has several samples */
  Py_ssize_t shape[3];   /* rows, columns, samples */
  Py_ssize_t strides[3]; /* bytes */
} zcg_py_plane;

PyObject *zcg_plane_take(zcg_py_video_frame *frame, int number) {
  zcg_module *module = frame->module;
  zcg_error err;
  zcg_status status;
  zcg_plane handle;
  zcg_plane_layout layout;
  zcg_video_frame source = frame->handle;
  Py_BEGIN_ALLOW_THREADS;
  status = zcg_plane_acquire(source, number, &handle, &err);
  Py_END_ALLOW_THREADS;
  if (status != ZCG_OK) return zcg_raise(module, &err);
  zcg_py_plane *self = NULL;
  if (zcg_plane_get_layout(handle, &layout, &err) != ZCG_OK)
    zcg_raise(module, &err);
  else if (!module->plane_type)
    PyErr_SetString(PyExc_RuntimeError, "zcgpu: the interpreter is shutting down");
  else
    self = PyObject_New(zcg_py_plane, module->plane_type);
  if (!self) {
    zcg_plane_destroy(&handle, NULL);
    return NULL;
  }
  self->module = module;
  self->handle = handle;
  self->layout = layout;
  self->ndim = layout.channels > 1 ? 3 : 2;
  self->shape[0] = layout.height;
  self->shape[1] = layout.width;
  self->shape[2] = layout.channels;
  self->strides[0] = (Py_ssize_t)layout.row_stride;
  self->strides[1] = (Py_ssize_t)layout.sample_bytes * layout.channels;
  self->strides[2] = layout.sample_bytes;
  zcg_trace(module, ZCG_NOUN_PLANE, handle.bits);
  return (PyObject *)self;
}

static void plane_dealloc(zcg_py_plane *self) {
  PyTypeObject *type = Py_TYPE((PyObject *)self);
  zcg_plane_destroy(&self->handle, NULL);
  PyObject_Free(self);
  Py_DECREF(type);
}

/* Whether rows follow each other without a gap, as who asks for no strides takes it. */
static int is_packed(const zcg_py_plane *self) {
  return self->shape[0] == 1 || self->strides[0] == self->strides[1] * self->shape[1];
}

static int plane_getbuffer(zcg_py_plane *self, Py_buffer *view, int flags) {
  view->obj = NULL;
  if (flags & PyBUF_WRITABLE) {
    PyErr_SetString(PyExc_BufferError, "a plane is read-only; numpy.array(plane) is a copy");
    return -1;
  }
  const int wants_strides = (flags & PyBUF_STRIDES) == PyBUF_STRIDES;
  const int wants_packed = (flags & PyBUF_C_CONTIGUOUS) == PyBUF_C_CONTIGUOUS ||
                           (flags & PyBUF_ANY_CONTIGUOUS) == PyBUF_ANY_CONTIGUOUS;
  const int wants_columns = (flags & PyBUF_F_CONTIGUOUS) == PyBUF_F_CONTIGUOUS;
  if (((!wants_strides || wants_packed) && !is_packed(self)) || wants_columns) {
    PyErr_SetString(PyExc_BufferError,
                    "a plane's rows do not follow each other in memory; numpy.asarray(plane) "
                    "honours that, numpy.ascontiguousarray(plane) is a copy");
    return -1;
  }
  view->buf = (void *)self->layout.data;
  view->itemsize = self->layout.sample_bytes;
  view->len = view->itemsize * self->shape[0] * self->shape[1] * self->shape[2];
  view->readonly = 1;
  view->ndim = self->ndim;
  view->format = (flags & PyBUF_FORMAT) ? (view->itemsize == 1 ? "B" : "<H") : NULL;
  view->shape = (flags & PyBUF_ND) ? self->shape : NULL;
  view->strides = wants_strides ? self->strides : NULL;
  view->suboffsets = NULL;
  view->internal = NULL;
  view->obj = Py_NewRef((PyObject *)self);
  return 0;
}

static void let_go(uint64_t plane) { zcg_plane_destroy(&(zcg_plane){plane}, NULL); }

static PyObject *plane_dlpack(zcg_py_plane *self, PyObject *args, PyObject *kwargs) {
  zcg_dlpack_wish wish;
  zcg_error err;
  zcg_plane another;
  if (zcg_dlpack_wish_from(self->module, "plane", args, kwargs, &wish) < 0) return NULL;
  if (zcg_plane_share(self->handle, &another, &err) != ZCG_OK) return zcg_raise(self->module, &err);
  zcg_tensor tensor = {.keep = another.bits,
                       .let_go = let_go,
                       .data = self->layout.data,
                       .ndim = self->ndim,
                       .item = self->layout.sample_bytes};
  memcpy(tensor.shape, self->shape, sizeof tensor.shape);
  memcpy(tensor.strides, self->strides, sizeof tensor.strides);
  return zcg_dlpack_export(&tensor, wish);
}

static PyMethodDef plane_methods[] = {
    {"__dlpack__", (PyCFunction)(void (*)(void))plane_dlpack, METH_VARARGS | METH_KEYWORDS,
     "The plane for a consumer of DLPack, in memory: a capsule."},
    {"__dlpack_device__", zcg_dlpack_memory, METH_NOARGS,
     "Where the plane is for DLPack: (1, 0), memory."},
    {0},
};

static PyObject *plane_shape(zcg_py_plane *self, void *unused) {
  if (self->ndim == 2) return Py_BuildValue("(nn)", self->shape[0], self->shape[1]);
  return Py_BuildValue("(nnn)", self->shape[0], self->shape[1], self->shape[2]);
}

static PyObject *plane_strides(zcg_py_plane *self, void *unused) {
  if (self->ndim == 2) return Py_BuildValue("(nn)", self->strides[0], self->strides[1]);
  return Py_BuildValue("(nnn)", self->strides[0], self->strides[1], self->strides[2]);
}

static PyObject *plane_dtype(zcg_py_plane *self, void *unused) {
  return PyUnicode_FromString(self->layout.sample_bytes == 1 ? "uint8" : "uint16");
}

static PyObject *plane_repr(zcg_py_plane *self) {
  const char *dtype = self->layout.sample_bytes == 1 ? "uint8" : "uint16";
  if (self->ndim == 2)
    return PyUnicode_FromFormat("<zcgpu.Plane %zdx%zd %s>", self->shape[1], self->shape[0], dtype);
  return PyUnicode_FromFormat("<zcgpu.Plane %zdx%zdx%zd %s>", self->shape[1], self->shape[0],
                              self->shape[2], dtype);
}

static PyGetSetDef plane_getters[] = {
    {"shape", (getter)plane_shape, NULL, "(rows, columns), or (rows, columns, samples).", NULL},
    {"strides", (getter)plane_strides, NULL, "Bytes from one to the next, for each of those.",
     NULL},
    {"dtype", (getter)plane_dtype, NULL, "'uint8' or 'uint16'.", NULL},
    {0},
};

static PyType_Slot plane_slots[] = {
    {Py_tp_dealloc, plane_dealloc},
    {Py_tp_repr, plane_repr},
    {Py_tp_methods, plane_methods},
    {Py_tp_getset, plane_getters},
    {Py_bf_getbuffer, plane_getbuffer},
    {Py_tp_doc,
     "A plane of a decoded frame in memory, read-only, row 0 on top. It keeps the pixels "
     "as long as it is there, whatever becomes of frame and video."},
    {0, NULL},
};

PyType_Spec zcg_plane_spec = {
    .name = "zcgpu._native.Plane",
    .basicsize = sizeof(zcg_py_plane),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    .slots = plane_slots,
};
