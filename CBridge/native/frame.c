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
  zcg_trace(module, ZCG_NOUN_FRAME, handle.bits);
  return (PyObject *)self;
}

static PyObject *frame_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  PyErr_SetString(PyExc_TypeError, "frames come from scene.render(...) or context.frame(picture)");
  return NULL;
}

/* What only a cycle keeps, a subclass's attributes say, shall be found. */
static int frame_traverse(zcg_py_frame *self, visitproc visit, void *arg) {
  Py_VISIT(Py_TYPE((PyObject *)self));
  Py_VISIT(self->context);
  return 0;
}

static void frame_dealloc(zcg_py_frame *self) {
  PyObject_GC_UnTrack(self);
  PyTypeObject *type = Py_TYPE((PyObject *)self);
  zcg_frame_destroy(&self->handle, NULL);
  Py_CLEAR(self->context);
  freefunc release = (freefunc)PyType_GetSlot(type, Py_tp_free);
  release(self);
  Py_DECREF(type);
}

int zcg_frame_check(zcg_py_frame *self) {
  if (self->handle.bits) return 0;
  zcg_raise_text(self->module, ZCG_E_CLOSED, "this frame is closed");
  return -1;
}

static int layout_of(zcg_py_frame *self, zcg_frame_layout *layout) {
  if (zcg_frame_check(self) < 0) return -1;
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
  return PyUnicode_FromString(zcg_element_of(layout.format)->name);
}

static PyObject *frame_channels(zcg_py_frame *self, void *unused) {
  zcg_frame_layout layout;
  return layout_of(self, &layout) < 0 ? NULL
                                      : PyLong_FromLong(zcg_element_of(layout.format)->channels);
}

static PyObject *frame_faces(zcg_py_frame *self, void *unused) {
  zcg_frame_layout layout;
  return layout_of(self, &layout) < 0 ? NULL : PyLong_FromLong(layout.face_count);
}

static PyObject *frame_context(zcg_py_frame *self, void *unused) {
  return Py_NewRef(self->context);
}

static PyObject *frame_holders(zcg_py_frame *self, void *unused) {
  zcg_error err;
  zcg_holders holders;
  if (zcg_frame_check(self) < 0) return NULL;
  if (zcg_frame_get_holders(self->handle, &holders, &err) != ZCG_OK)
    return zcg_raise(self->module, &err);
  return zcg_holders_dict(&holders);
}

static PyObject *frame_release(zcg_py_frame *self, PyObject *unused) {
  zcg_error err;
  zcg_holders left;
  if (zcg_frame_check(self) < 0) return NULL;
  if (zcg_frame_release(&self->handle, &left, &err) != ZCG_OK) return zcg_raise(self->module, &err);
  return zcg_holders_dict(&left);
}

static PyMethodDef frame_methods[] = {
    {"close", (PyCFunction)frame_close, METH_NOARGS,
     "Give the frame up now. Views of its pixels stay valid. Closing twice is fine."},
    {"release", (PyCFunction)frame_release, METH_NOARGS,
     "Give the frame up as close() does. Returns who holds it still, {role: count}: {} when it is "
     "gone."},
    {"_lease", (PyCFunction)zcg_frame_lease, METH_VARARGS, "lease(role), and where it was called."},
    {"_capsule", (PyCFunction)zcg_frame_capsule, METH_O, "capsule(owned=...)."},
    {"_dmabuf", (PyCFunction)zcg_frame_dmabuf, METH_O, "dmabuf(), and where it was called."},
    {"__dlpack__", (PyCFunction)(void (*)(void))zcg_frame_dlpack, METH_VARARGS | METH_KEYWORDS,
     "The pixels for a consumer of DLPack, in memory: a capsule."},
    {"__dlpack_device__", (PyCFunction)zcg_dlpack_memory, METH_NOARGS,
     "Where the pixels are for DLPack: (1, 0), memory."},
    {0},
};

static PyGetSetDef frame_getters[] = {
    {"closed", (getter)frame_closed, NULL, "Whether the frame is closed.", NULL},
    {"usable", (getter)frame_usable, NULL, "Whether its context still lives.", NULL},
    {"width", (getter)frame_width, NULL, "Pixels a row.", NULL},
    {"height", (getter)frame_height, NULL, "Rows.", NULL},
    {"dtype", (getter)frame_dtype, NULL,
     "'uint8' or 'float32'; 'uint16' for planes of videos of more than 8 bits.", NULL},
    {"channels", (getter)frame_channels, NULL,
     "Components of a pixel: 4, or 1 or 2 for a video's planes.", NULL},
    {"faces", (getter)frame_faces, NULL,
     "6 for a cube, whose square sides lie one below the other; 1 for a picture.", NULL},
    {"holders", (getter)frame_holders, NULL,
     "Who holds the frame: {role: count}; 'view' counts those who look at its pixels.", NULL},
    {"context", (getter)frame_context, NULL, "The context it lives in.", NULL},
    {0},
};

static PyType_Slot frame_slots[] = {
    {Py_tp_new, frame_new},
    {Py_tp_dealloc, frame_dealloc},
    {Py_tp_traverse, frame_traverse},
    {Py_tp_methods, frame_methods},
    {Py_tp_getset, frame_getters},
    {Py_bf_getbuffer, zcg_view_getbuffer},
    {0, NULL},
};

PyType_Spec zcg_frame_spec = {
    .name = "zcgpu._native.Frame",
    .basicsize = sizeof(zcg_py_frame),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,
    .slots = frame_slots,
};
