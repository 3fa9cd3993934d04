#include "native.h"

PyObject *zcg_video_frame_wrap(zcg_module *module, zcg_video_frame handle, PyObject *context) {
  PyTypeObject *type = zcg_lazy_type(&module->public_video_frame, "zcgpu.video_frame", "VideoFrame",
                                     module->video_frame_type);
  zcg_py_video_frame *self =
      type ? (zcg_py_video_frame *)((allocfunc)PyType_GetSlot(type, Py_tp_alloc))(type, 0) : NULL;
  if (!self) {
    zcg_video_frame_destroy(&handle, NULL);
    return NULL;
  }
  self->module = module;
  self->handle = handle;
  self->context = Py_NewRef(context);
  zcg_trace(module, ZCG_NOUN_VIDEO_FRAME, handle.bits);
  return (PyObject *)self;
}

static PyObject *frame_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  PyErr_SetString(PyExc_TypeError, "video frames come from zcgpu.open_video(path)");
  return NULL;
}

/* What only a cycle keeps, a subclass's attributes say, shall be found. */
static int frame_traverse(zcg_py_video_frame *self, visitproc visit, void *arg) {
  Py_VISIT(Py_TYPE((PyObject *)self));
  Py_VISIT(self->context);
  return 0;
}

static void frame_dealloc(zcg_py_video_frame *self) {
  PyObject_GC_UnTrack(self);
  PyTypeObject *type = Py_TYPE((PyObject *)self);
  zcg_video_frame_destroy(&self->handle, NULL);
  Py_CLEAR(self->context);
  freefunc release = (freefunc)PyType_GetSlot(type, Py_tp_free);
  release(self);
  Py_DECREF(type);
}

int zcg_video_frame_check(zcg_py_video_frame *self) {
  if (self->handle.bits) return 0;
  zcg_raise_text(self->module, ZCG_E_CLOSED, "this video frame is closed");
  return -1;
}

static int facts_of(zcg_py_video_frame *self, zcg_video_frame_facts *facts) {
  if (zcg_video_frame_check(self) < 0) return -1;
  zcg_error err;
  if (zcg_video_frame_get_facts(self->handle, facts, &err) == ZCG_OK) return 0;
  zcg_raise(self->module, &err);
  return -1;
}

static PyObject *frame_close(zcg_py_video_frame *self, PyObject *unused) {
  zcg_video_frame_destroy(&self->handle, NULL);
  Py_RETURN_NONE;
}

static PyObject *frame_closed(zcg_py_video_frame *self, void *unused) {
  return PyBool_FromLong(!self->handle.bits);
}

static PyObject *frame_context(zcg_py_video_frame *self, void *unused) {
  return Py_NewRef(self->context);
}

static PyObject *frame_number(zcg_py_video_frame *self, void *unused) {
  zcg_video_frame_facts facts;
  if (facts_of(self, &facts) < 0) return NULL;
  if (facts.number < 0) Py_RETURN_NONE;
  return PyLong_FromLongLong(facts.number);
}

static PyObject *frame_seconds(zcg_py_video_frame *self, void *unused) {
  zcg_video_frame_facts facts;
  return facts_of(self, &facts) < 0 ? NULL : PyFloat_FromDouble(facts.seconds);
}

static PyObject *frame_ticks(zcg_py_video_frame *self, void *unused) {
  zcg_video_frame_facts facts;
  if (facts_of(self, &facts) < 0) return NULL;
  if (facts.ticks == INT64_MIN) Py_RETURN_NONE;
  return PyLong_FromLongLong(facts.ticks);
}

static PyObject *frame_time_base(zcg_py_video_frame *self, PyObject *unused) {
  zcg_video_frame_facts facts;
  if (facts_of(self, &facts) < 0) return NULL;
  return Py_BuildValue("(ii)", (int)facts.time_base_numerator, (int)facts.time_base_denominator);
}

static PyObject *frame_duration(zcg_py_video_frame *self, void *unused) {
  zcg_video_frame_facts facts;
  return facts_of(self, &facts) < 0 ? NULL : PyFloat_FromDouble(facts.duration);
}

static PyObject *frame_size(zcg_py_video_frame *self, void *unused) {
  zcg_video_frame_facts facts;
  if (facts_of(self, &facts) < 0) return NULL;
  return Py_BuildValue("(ii)", (int)facts.width, (int)facts.height);
}

static PyObject *frame_is_key(zcg_py_video_frame *self, void *unused) {
  zcg_video_frame_facts facts;
  return facts_of(self, &facts) < 0 ? NULL : PyBool_FromLong(facts.is_key);
}

static PyObject *frame_is_damaged(zcg_py_video_frame *self, void *unused) {
  zcg_video_frame_facts facts;
  return facts_of(self, &facts) < 0 ? NULL : PyBool_FromLong(facts.is_damaged);
}

static PyObject *frame_is_interlaced(zcg_py_video_frame *self, void *unused) {
  zcg_video_frame_facts facts;
  return facts_of(self, &facts) < 0 ? NULL : PyBool_FromLong(facts.is_interlaced);
}

static PyObject *frame_describe(zcg_py_video_frame *self, PyObject *unused) {
  if (zcg_video_frame_check(self) < 0) return NULL;
  zcg_error err;
  zcg_text json;
  if (zcg_video_frame_describe(self->handle, &json, &err) != ZCG_OK)
    return zcg_raise(self->module, &err);
  return zcg_take_text(self->module, json);
}

static PyObject *frame_holders(zcg_py_video_frame *self, void *unused) {
  zcg_error err;
  zcg_holders holders;
  if (zcg_video_frame_check(self) < 0) return NULL;
  if (zcg_video_frame_get_holders(self->handle, &holders, &err) != ZCG_OK)
    return zcg_raise(self->module, &err);
  return zcg_holders_dict(&holders);
}

/* Every plane, each with the pixels for itself. */
static PyObject *frame_planes(zcg_py_video_frame *self, void *unused) {
  zcg_video_frame_facts facts;
  if (facts_of(self, &facts) < 0) return NULL;
  PyObject *planes = PyTuple_New(facts.plane_count);
  for (int i = 0; planes && i < facts.plane_count; i++) {
    PyObject *plane = zcg_plane_take(self, i);
    if (!plane || PyTuple_SetItem(planes, i, plane) < 0) Py_CLEAR(planes);
  }
  return planes;
}

static PyMethodDef frame_methods[] = {
    {"close", (PyCFunction)frame_close, METH_NOARGS,
     "Give the frame up now. Planes that somebody has stay valid. Closing twice is fine."},
    {"_time_base", (PyCFunction)frame_time_base, METH_NOARGS, "Seconds a tick, as two numbers."},
    {"_rgb", (PyCFunction)zcg_video_frame_rgb, METH_O, "rgb(), in a context or None."},
    {"_texture", (PyCFunction)(void (*)(void))zcg_video_frame_texture, METH_FASTCALL,
     "texture(), of a plane and in a context or None."},
    {"_dmabuf", (PyCFunction)zcg_video_frame_dmabuf, METH_O, "dmabuf(), and where it was called."},
    {"_rgba", (PyCFunction)zcg_video_frame_rgba, METH_NOARGS, "The picture for display, as bytes."},
    {"_lease", (PyCFunction)zcg_video_frame_lease, METH_VARARGS,
     "lease(role), and where it was called."},
    {"_capsule", (PyCFunction)zcg_video_frame_capsule, METH_O, "capsule(owned=...)."},
    {"_describe", (PyCFunction)frame_describe, METH_NOARGS, "Format and colour, as JSON."},
    {0},
};

static PyGetSetDef frame_getters[] = {
    {"closed", (getter)frame_closed, NULL, "Whether the frame is closed.", NULL},
    {"context", (getter)frame_context, NULL, "The context of its video, or None.", NULL},
    {"index", (getter)frame_number, NULL,
     "Which frame of its video it is, from 0; None where that is unknown.", NULL},
    {"pts", (getter)frame_seconds, NULL, "When it is shown: seconds since the first frame.", NULL},
    {"pts_ticks", (getter)frame_ticks, NULL,
     "When it is shown as the file says, in units of time_base; None where it does not.", NULL},
    {"duration", (getter)frame_duration, NULL,
     "How long it is shown, in seconds; 0.0 where the file does not say.", NULL},
    {"coded_size", (getter)frame_size, NULL, "(width, height) of its planes, not turned.", NULL},
    {"is_key", (getter)frame_is_key, NULL, "Whether it can be decoded without others.", NULL},
    {"is_damaged", (getter)frame_is_damaged, NULL,
     "Whether parts of it are made up, or may be: only of a video opened with damage=\"show\".",
     NULL},
    {"is_interlaced", (getter)frame_is_interlaced, NULL,
     "Whether its even and odd rows are of two moments.", NULL},
    {"holders", (getter)frame_holders, NULL,
     "Who holds the frame: {role: count}; 'view' counts planes that somebody looks at.", NULL},
    {"planes", (getter)frame_planes, NULL, "Its planes in memory, without a copy: a tuple.", NULL},
    {0},
};

static PyType_Slot frame_slots[] = {
    {Py_tp_new, frame_new},           {Py_tp_dealloc, frame_dealloc},
    {Py_tp_traverse, frame_traverse}, {Py_tp_methods, frame_methods},
    {Py_tp_getset, frame_getters},    {0, NULL},
};

PyType_Spec zcg_video_frame_spec = {
    .name = "zcgpu._native.VideoFrame",
    .basicsize = sizeof(zcg_py_video_frame),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,
    .slots = frame_slots,
};
