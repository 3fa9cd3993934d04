#include "native.h"

/* Seconds of work on a whole file between two looks for signals. */
static const double PATIENCE = 0.1;

static int video_check(zcg_py_video *self) {
  if (self->handle.bits) return 0;
  zcg_raise_text(self->module, ZCG_E_CLOSED, "this video is closed");
  return -1;
}

/* A new object around a video, which goes where there is no memory for it. */
static zcg_py_video *video_wrap(zcg_module *module, PyTypeObject *type, zcg_video handle,
                                PyObject *context, PyObject *origin) {
  zcg_py_video *self = (zcg_py_video *)((allocfunc)PyType_GetSlot(type, Py_tp_alloc))(type, 0);
  if (!self) {
    zcg_video_destroy(&handle, NULL);
    return NULL;
  }
  self->module = module;
  self->handle = handle;
  self->context = Py_NewRef(context);
  self->origin = Py_NewRef(origin);
  zcg_trace(module, ZCG_NOUN_VIDEO, handle.bits);
  return self;
}

/* Video(path, backend, device, lease budget, threads, zero copy, damage, context, origin): path and
 * device are bytes, of which an empty device is none. */
static PyObject *video_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  zcg_module *module = zcg_module_of(type);
  zcg_video_options options = {.struct_size = sizeof options};
  const char *path;
  Py_ssize_t length, device_length;
  int backend, zero_copy, damage;
  PyObject *context, *origin;
  if (!module || !PyArg_ParseTuple(args, "y#iy#iiiiOO:Video", &path, &length, &backend,
                                   &options.device, &device_length, &options.lease_budget,
                                   &options.threads, &zero_copy, &damage, &context, &origin))
    return NULL;
  options.backend = (zcg_backend)backend;
  options.zero_copy = (zcg_zero_copy)zero_copy;
  options.damage = (zcg_damage)damage;
  options.device_length = (size_t)device_length;
  if (zcg_context_option(module, context, &options.context) < 0) return NULL;
  zcg_error err;
  zcg_status status;
  zcg_video handle;
  Py_BEGIN_ALLOW_THREADS;
  status = zcg_video_open(path, (size_t)length, &options, &handle, &err);
  Py_END_ALLOW_THREADS;
  if (status != ZCG_OK) return zcg_raise(module, &err);
  zcg_video_set_patience(handle, PATIENCE, NULL);
  return (PyObject *)video_wrap(module, type, handle, context, origin);
}

/* A video that something else keeps, as Python has it; dropping it closes nothing. */
PyObject *zcg_video_wrap(zcg_module *module, zcg_video handle, PyObject *context) {
  PyTypeObject *type =
      zcg_lazy_type(&module->public_video, "zcgpu.video", "Video", module->video_type);
  if (!type) {
    zcg_video_destroy(&handle, NULL);
    return NULL;
  }
  zcg_py_video *self = video_wrap(module, type, handle, context, Py_None);
  if (!self) return NULL;
  PyObject *facts = PyObject_GetAttrString((PyObject *)self, "_facts");
  if (!facts) Py_CLEAR(self);
  Py_XDECREF(facts);
  return (PyObject *)self;
}

int zcg_is_video(zcg_module *module, PyObject *object) {
  return module->video_type && PyObject_TypeCheck(object, module->video_type);
}

int zcg_video_from(zcg_module *module, PyObject *object, zcg_video *video) {
  if (video_check((zcg_py_video *)object) < 0) return -1;
  *video = ((zcg_py_video *)object)->handle;
  return 0;
}

/* What only a cycle keeps, a subclass's attributes say, shall be found. */
static int video_traverse(zcg_py_video *self, visitproc visit, void *arg) {
  Py_VISIT(Py_TYPE((PyObject *)self));
  Py_VISIT(self->context);
  return 0;
}

static void video_dealloc(zcg_py_video *self) {
  PyObject_GC_UnTrack(self);
  PyTypeObject *type = Py_TYPE((PyObject *)self);
  if (self->handle.bits && self->origin != Py_None)
    zcg_warn_dropped("zcgpu.Video opened at %S was dropped open; close() it, or use `with`",
                     self->origin);
  zcg_video_destroy(&self->handle, NULL);
  Py_CLEAR(self->context);
  Py_CLEAR(self->origin);
  freefunc release = (freefunc)PyType_GetSlot(type, Py_tp_free);
  release(self);
  Py_DECREF(type);
}

/* The handle goes first, so that nobody begins anything meanwhile. */
static PyObject *video_close(zcg_py_video *self, PyObject *unused) {
  zcg_video handle = self->handle;
  self->handle.bits = 0;
  Py_BEGIN_ALLOW_THREADS;
  zcg_video_close(handle, NULL);
  zcg_video_destroy(&handle, NULL);
  Py_END_ALLOW_THREADS;
  Py_RETURN_NONE;
}

static PyObject *video_closed(zcg_py_video *self, void *unused) {
  return PyBool_FromLong(!self->handle.bits);
}

static PyObject *video_context(zcg_py_video *self, void *unused) {
  return Py_NewRef(self->context);
}

static PyObject *text_of(zcg_py_video *self,
                         zcg_status (*tell)(zcg_video, zcg_text *, zcg_error *)) {
  if (video_check(self) < 0) return NULL;
  zcg_error err;
  zcg_status status;
  zcg_text json;
  zcg_video handle = self->handle;
  Py_BEGIN_ALLOW_THREADS;
  status = tell(handle, &json, &err);
  Py_END_ALLOW_THREADS;
  return status == ZCG_OK ? zcg_take_text(self->module, json) : zcg_raise(self->module, &err);
}

static PyObject *video_describe(zcg_py_video *self, PyObject *unused) {
  return text_of(self, zcg_video_describe);
}

static PyObject *video_report(zcg_py_video *self, PyObject *unused) {
  return text_of(self, zcg_video_report);
}

/* Whether a call is made again: it went on for so long that somebody may have pressed Ctrl-C, or
 * closed the video. An exception is set where not. */
static int goes_on(zcg_py_video *self, zcg_status status) {
  return status == ZCG_E_BUSY && PyErr_CheckSignals() == 0 && video_check(self) == 0;
}

static PyObject *video_count(zcg_py_video *self, PyObject *unused) {
  if (video_check(self) < 0) return NULL;
  zcg_error err;
  zcg_status status;
  int64_t count;
  do {
    zcg_video handle = self->handle;
    Py_BEGIN_ALLOW_THREADS;
    status = zcg_video_get_frame_count(handle, &count, &err);
    Py_END_ALLOW_THREADS;
  } while (goes_on(self, status));
  if (PyErr_Occurred()) return NULL;
  return status == ZCG_OK ? PyLong_FromLongLong(count) : zcg_raise(self->module, &err);
}

static PyObject *video_find(zcg_py_video *self, PyObject *object) {
  const double seconds = PyFloat_AsDouble(object);
  if ((seconds == -1.0 && PyErr_Occurred()) || video_check(self) < 0) return NULL;
  zcg_error err;
  zcg_status status;
  int64_t number;
  do {
    zcg_video handle = self->handle;
    Py_BEGIN_ALLOW_THREADS;
    status = zcg_video_find_frame(handle, seconds, &number, &err);
    Py_END_ALLOW_THREADS;
  } while (goes_on(self, status));
  if (PyErr_Occurred()) return NULL;
  return status == ZCG_OK ? PyLong_FromLongLong(number) : zcg_raise(self->module, &err);
}

/* _frame(number): None beyond the last one. */
static PyObject *video_frame(zcg_py_video *self, PyObject *object) {
  int64_t number;
  if (video_check(self) < 0 || zcg_integer_from(self->module, object, "the number of a frame",
                                                ZCG_E_OUT_OF_RANGE, &number) < 0)
    return NULL;
  zcg_error err;
  zcg_status status;
  zcg_video_frame frame;
  do {
    zcg_video handle = self->handle;
    Py_BEGIN_ALLOW_THREADS;
    status = zcg_video_acquire_frame(handle, number, &frame, &err);
    Py_END_ALLOW_THREADS;
  } while (goes_on(self, status));
  if (PyErr_Occurred()) return NULL;
  if (status != ZCG_OK) return zcg_raise(self->module, &err);
  if (!frame.bits) Py_RETURN_NONE;
  return zcg_video_frame_wrap(self->module, frame, self->context);
}

static PyMethodDef video_methods[] = {
    {"close", (PyCFunction)video_close, METH_NOARGS,
     "Close file and decoder. Frames stay. Closing twice is fine."},
    {"_describe", (PyCFunction)video_describe, METH_NOARGS, "What the file says, as JSON."},
    {"_report", (PyCFunction)video_report, METH_NOARGS, "What was done so far, as JSON."},
    {"_count", (PyCFunction)video_count, METH_NOARGS, "How many frames there are."},
    {"_find", (PyCFunction)video_find, METH_O, "The number of the frame shown at a time."},
    {"_frame", (PyCFunction)video_frame, METH_O, "The frame of a number, None beyond the last."},
    {0},
};

static PyGetSetDef video_getters[] = {
    {"closed", (getter)video_closed, NULL, "Whether the video is closed.", NULL},
    {"context", (getter)video_context, NULL, "The context its frames are for, or None.", NULL},
    {0},
};

static PyType_Slot video_slots[] = {
    {Py_tp_new, video_new},           {Py_tp_dealloc, video_dealloc},
    {Py_tp_traverse, video_traverse}, {Py_tp_methods, video_methods},
    {Py_tp_getset, video_getters},    {0, NULL},
};

PyType_Spec zcg_video_spec = {
    .name = "zcgpu._native.Video",
    .basicsize = sizeof(zcg_py_video),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,
    .slots = video_slots,
};
