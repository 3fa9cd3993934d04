#include "native.h"

typedef struct {
  PyObject_HEAD
  zcg_module *module;
  zcg_dmabuf handle;
  PyObject *origin; /* where it was made, for the warning */
} zcg_py_dmabuf;

/* From tuples of three integers each. 0, or -1 with an exception set. */
static int planes_from(zcg_module *module, PyObject *planes, zcg_dmabuf_layout *layout) {
  const Py_ssize_t count = PyTuple_Size(planes);
  if (count < 0) return -1;
  layout->plane_count = count > INT32_MAX ? INT32_MAX : (int32_t)count;
  for (Py_ssize_t i = 0; i < count && i < 4; i++) {
    PyObject *fd, *offset, *pitch;
    int64_t number;
    if (!PyArg_ParseTuple(PyTuple_GetItem(planes, i), "OOO;a plane is (fd, offset, pitch)", &fd,
                          &offset, &pitch) ||
        zcg_integer_from(module, fd, "a plane's descriptor", ZCG_E_DMABUF, &number) < 0 ||
        zcg_integer_from(module, offset, "a plane's offset", ZCG_E_DMABUF, &layout->offset[i]) <
            0 ||
        zcg_integer_from(module, pitch, "a plane's pitch", ZCG_E_DMABUF, &layout->pitch[i]) < 0)
      return -1;
    layout->fd[i] = number < -1 || number > INT32_MAX ? -1 : (int32_t)number;
  }
  return 0;
}

PyObject *zcg_context_import_dmabuf(zcg_py_context *self, PyObject *args) {
  zcg_dmabuf_layout layout = {.struct_size = sizeof layout};
  PyObject *planes, *width, *height;
  unsigned long long modifier;
  if (!PyArg_ParseTuple(args, "O!OOIKiii:_import_dmabuf", &PyTuple_Type, &planes, &width, &height,
                        &layout.fourcc, &modifier, &layout.matrix, &layout.range, &layout.siting) ||
      zcg_integer_from(self->module, width, "width", ZCG_E_BAD_SIZE, &layout.width) < 0 ||
      zcg_integer_from(self->module, height, "height", ZCG_E_BAD_SIZE, &layout.height) < 0 ||
      planes_from(self->module, planes, &layout) < 0)
    return NULL;
  layout.modifier = modifier;
  zcg_error err;
  zcg_status status;
  zcg_frame frame;
  Py_BEGIN_ALLOW_THREADS;
  status = zcg_frame_import(self->handle, &layout, &frame, &err);
  Py_END_ALLOW_THREADS;
  if (status != ZCG_OK) return zcg_raise(self->module, &err);
  return zcg_logged(self->module, zcg_frame_wrap(self->module, frame, (PyObject *)self));
}

PyObject *zcg_context_fence_fd(zcg_py_context *self, PyObject *unused) {
  zcg_error err;
  zcg_status status;
  int32_t fd;
  Py_BEGIN_ALLOW_THREADS;
  status = zcg_context_export_fence(self->handle, &fd, &err);
  Py_END_ALLOW_THREADS;
  return status == ZCG_OK ? PyLong_FromLong(fd) : zcg_raise(self->module, &err);
}

/* Takes over the handle, also on failure. */
static PyObject *dmabuf_wrap(zcg_module *module, zcg_dmabuf handle, PyObject *origin) {
  PyTypeObject *type =
      zcg_lazy_type(&module->public_dmabuf, "zcgpu.dmabuf", "Dmabuf", module->dmabuf_type);
  zcg_py_dmabuf *self =
      type ? (zcg_py_dmabuf *)((allocfunc)PyType_GetSlot(type, Py_tp_alloc))(type, 0) : NULL;
  if (!self) {
    zcg_dmabuf_destroy(&handle, NULL);
    return NULL;
  }
  self->module = module;
  self->handle = handle;
  self->origin = Py_NewRef(origin);
  zcg_trace(module, ZCG_NOUN_DMABUF, handle.bits);
  return (PyObject *)self;
}

PyObject *zcg_frame_dmabuf(zcg_py_frame *self, PyObject *origin) {
  zcg_error err;
  zcg_status status;
  zcg_dmabuf handle;
  if (zcg_frame_check(self) < 0) return NULL;
  /* Another thread may close the frame meanwhile: its handle is copied first. */
  zcg_frame frame = self->handle;
  Py_BEGIN_ALLOW_THREADS;
  status = zcg_frame_export(frame, &handle, &err);
  Py_END_ALLOW_THREADS;
  if (status != ZCG_OK) return zcg_raise(self->module, &err);
  return zcg_logged(self->module, dmabuf_wrap(self->module, handle, origin));
}

PyObject *zcg_video_frame_dmabuf(zcg_py_video_frame *self, PyObject *origin) {
  zcg_error err;
  zcg_status status;
  zcg_dmabuf handle;
  if (zcg_video_frame_check(self) < 0) return NULL;
  /* Another thread may close the frame meanwhile: its handle is copied first. */
  zcg_video_frame frame = self->handle;
  Py_BEGIN_ALLOW_THREADS;
  status = zcg_video_frame_export(frame, &handle, &err);
  Py_END_ALLOW_THREADS;
  if (status != ZCG_OK) return zcg_raise(self->module, &err);
  return dmabuf_wrap(self->module, handle, origin);
}

static PyObject *dmabuf_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  PyErr_SetString(PyExc_TypeError, "DMA-BUFs come from frame.dmabuf()");
  return NULL;
}

static void dmabuf_dealloc(zcg_py_dmabuf *self) {
  PyTypeObject *type = Py_TYPE((PyObject *)self);
  PyObject_GC_UnTrack(self);
  if (self->handle.bits)
    zcg_warn_dropped("zcgpu.Dmabuf made at %S was dropped open; close() it", self->origin);
  zcg_dmabuf_destroy(&self->handle, NULL);
  Py_CLEAR(self->origin);
  freefunc release = (freefunc)PyType_GetSlot(type, Py_tp_free);
  release(self);
  Py_DECREF(type);
}

/* What only a cycle keeps, a subclass's attributes say, shall be found. */
static int dmabuf_traverse(zcg_py_dmabuf *self, visitproc visit, void *arg) {
  Py_VISIT(Py_TYPE((PyObject *)self));
  return 0;
}

static PyObject *dmabuf_close(zcg_py_dmabuf *self, PyObject *unused) {
  zcg_dmabuf_destroy(&self->handle, NULL);
  Py_RETURN_NONE;
}

static PyObject *dmabuf_closed(zcg_py_dmabuf *self, void *unused) {
  return PyBool_FromLong(!self->handle.bits);
}

static PyObject *dmabuf_layout(zcg_py_dmabuf *self, PyObject *unused) {
  zcg_error err;
  zcg_dmabuf_layout layout = {.struct_size = sizeof layout};
  if (!self->handle.bits)
    return zcg_raise_text(self->module, ZCG_E_CLOSED, "this DMA-BUF is closed");
  if (zcg_dmabuf_get_layout(self->handle, &layout, &err) != ZCG_OK)
    return zcg_raise(self->module, &err);
  PyObject *planes = PyTuple_New(layout.plane_count);
  for (int i = 0; planes && i < layout.plane_count; i++) {
    PyObject *plane = Py_BuildValue("(iLL)", (int)layout.fd[i], (long long)layout.offset[i],
                                    (long long)layout.pitch[i]);
    if (!plane || PyTuple_SetItem(planes, i, plane) < 0) Py_CLEAR(planes);
  }
  return planes
             ? Py_BuildValue("(ILLKN)", (unsigned)layout.fourcc, (long long)layout.width,
                             (long long)layout.height, (unsigned long long)layout.modifier, planes)
             : NULL;
}

static PyMethodDef dmabuf_methods[] = {
    {"close", (PyCFunction)dmabuf_close, METH_NOARGS,
     "Close the descriptors, and let the memory go. Closing twice is fine."},
    {"_layout", (PyCFunction)dmabuf_layout, METH_NOARGS,
     "(fourcc, width, height, modifier, ((fd, offset, pitch), ...))."},
    {0},
};

static PyGetSetDef dmabuf_getters[] = {
    {"closed", (getter)dmabuf_closed, NULL, "Whether it is closed.", NULL},
    {0},
};

static PyType_Slot dmabuf_slots[] = {
    {Py_tp_new, dmabuf_new},           {Py_tp_dealloc, dmabuf_dealloc},
    {Py_tp_traverse, dmabuf_traverse}, {Py_tp_methods, dmabuf_methods},
    {Py_tp_getset, dmabuf_getters},    {0, NULL},
};

PyType_Spec zcg_dmabuf_spec = {
    .name = "zcgpu._native.Dmabuf",
    .basicsize = sizeof(zcg_py_dmabuf),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,
    .slots = dmabuf_slots,
};
