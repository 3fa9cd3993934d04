#include "native.h"

/* Shows frames of a video or a decoder when they are due. */
typedef struct {
  PyObject_HEAD
  zcg_module *module;
  zcg_pipeline handle;
  PyObject *source;  /* the Video or Decoder */
  PyObject *context; /* the source's, or None */
  PyObject *origin;  /* where it was made, for the warning */
} zcg_py_pipeline;

/* The source's handle and context. 0, or -1 with an exception set. */
static int take_source(zcg_module *module, PyObject *source, zcg_pipeline_options *options,
                       PyObject **context) {
  uint64_t bits;
  if (PyObject_TypeCheck(source, module->video_type)) {
    bits = (options->video = ((zcg_py_video *)source)->handle).bits;
    *context = ((zcg_py_video *)source)->context;
  } else if (PyObject_TypeCheck(source, module->decoder_type)) {
    bits = (options->decoder = ((zcg_py_decoder *)source)->handle).bits;
    *context = ((zcg_py_decoder *)source)->context;
  } else {
    zcg_raise_value(module, ZCG_E_WRONG_TYPE, source, "source is a zcgpu.Video or Decoder, not");
    return -1;
  }
  if (bits) return 0;
  zcg_raise_text(module, ZCG_E_CLOSED, "the pipeline's source is closed");
  return -1;
}

/* Pipeline(source, latency, ahead, cache, context, origin) */
static PyObject *pipeline_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  zcg_module *module = zcg_module_of(type);
  zcg_pipeline_options options = {.struct_size = sizeof options};
  PyObject *source, *context, *origin, *own;
  if (!module || !PyArg_ParseTuple(args, "OdiiOO:Pipeline", &source, &options.latency,
                                   &options.ahead, &options.cache, &context, &origin))
    return NULL;
  if (take_source(module, source, &options, &own) < 0) return NULL;
  zcg_context given;
  if (zcg_context_option(module, context, &given) < 0) return NULL;
  zcg_py_pipeline *self =
      (zcg_py_pipeline *)((allocfunc)PyType_GetSlot(type, Py_tp_alloc))(type, 0);
  if (!self) return NULL;
  self->module = module;
  self->source = Py_NewRef(source);
  self->context = Py_NewRef(context == Py_None ? own : context);
  self->origin = Py_NewRef(origin);
  zcg_error err;
  if (zcg_pipeline_create(&options, &self->handle, &err) == ZCG_OK) {
    zcg_trace(module, ZCG_NOUN_PIPELINE, self->handle.bits);
    return zcg_logged(module, (PyObject *)self);
  }
  zcg_raise(module, &err);
  Py_DECREF(self);
  return NULL;
}

static int pipeline_traverse(zcg_py_pipeline *self, visitproc visit, void *arg) {
  Py_VISIT(Py_TYPE((PyObject *)self));
  Py_VISIT(self->source);
  Py_VISIT(self->context);
  return 0;
}

static int pipeline_clear(zcg_py_pipeline *self) {
  Py_CLEAR(self->source);
  Py_CLEAR(self->context);
  return 0;
}

static void pipeline_dealloc(zcg_py_pipeline *self) {
  PyObject_GC_UnTrack(self);
  PyTypeObject *type = Py_TYPE((PyObject *)self);
  if (self->handle.bits)
    zcg_warn_dropped("zcgpu.Pipeline made at %S was dropped open; close() it, or use `with`",
                     self->origin);
  zcg_pipeline_destroy(&self->handle, NULL);
  pipeline_clear(self);
  Py_CLEAR(self->origin);
  freefunc release = (freefunc)PyType_GetSlot(type, Py_tp_free);
  release(self);
  Py_DECREF(type);
}

static int check_pipeline(zcg_py_pipeline *self) {
  if (self->handle.bits) return 0;
  zcg_raise_text(self->module, ZCG_E_CLOSED, "this pipeline is closed");
  return -1;
}

/* _close(): the handle goes first, so that nobody begins anything meanwhile. */
static PyObject *pipeline_close(zcg_py_pipeline *self, PyObject *unused) {
  zcg_pipeline handle = self->handle;
  self->handle.bits = 0;
  Py_BEGIN_ALLOW_THREADS;
  zcg_pipeline_close(handle, NULL);
  zcg_pipeline_destroy(&handle, NULL);
  Py_END_ALLOW_THREADS;
  Py_RETURN_NONE;
}

static PyObject *shown(zcg_py_pipeline *self, int64_t number, zcg_video_frame frame) {
  PyObject *object =
      frame.bits ? zcg_video_frame_wrap(self->module, frame, self->context) : Py_NewRef(Py_None);
  return object ? Py_BuildValue("(LN)", (long long)number, object) : NULL;
}

/* _show(now, known): (number, frame or None) */
static PyObject *pipeline_show(zcg_py_pipeline *self, PyObject *args) {
  zcg_error err;
  zcg_video_frame frame;
  int64_t number;
  double now;
  long long known;
  if (!PyArg_ParseTuple(args, "dL:_show", &now, &known) || check_pipeline(self) < 0) return NULL;
  if (zcg_pipeline_show(self->handle, now, known, &number, &frame, &err) != ZCG_OK)
    return zcg_raise(self->module, &err);
  return shown(self, number, frame);
}

/* _draw(now, known, renderer, options): as _show, drawn. */
static PyObject *pipeline_draw(zcg_py_pipeline *self, PyObject *args) {
  zcg_error err;
  zcg_status status;
  zcg_renderer renderer;
  zcg_video_frame frame;
  zcg_draw_options options;
  PyObject *object, *tuple;
  int64_t number;
  double now;
  long long known;
  if (!PyArg_ParseTuple(args, "dLOO!:_draw", &now, &known, &object, &PyTuple_Type, &tuple) ||
      check_pipeline(self) < 0 || zcg_renderer_from(self->module, object, &renderer) < 0 ||
      zcg_draw_options_from(tuple, &options) < 0)
    return NULL;
  zcg_pipeline pipeline = self->handle;
  Py_BEGIN_ALLOW_THREADS;
  status = zcg_pipeline_draw(pipeline, renderer, now, &options, known, &number, &frame, &err);
  Py_END_ALLOW_THREADS;
  if (status != ZCG_OK) return zcg_raise(self->module, &err);
  return zcg_logged(self->module, shown(self, number, frame));
}

/* _past(steps) */
static PyObject *pipeline_past(zcg_py_pipeline *self, PyObject *args) {
  zcg_error err;
  zcg_video_frame frame;
  int steps;
  if (!PyArg_ParseTuple(args, "i:_past", &steps) || check_pipeline(self) < 0) return NULL;
  if (zcg_pipeline_get_past(self->handle, steps, &frame, &err) != ZCG_OK)
    return zcg_raise(self->module, &err);
  if (!frame.bits) Py_RETURN_NONE;
  return zcg_video_frame_wrap(self->module, frame, self->context);
}

static PyObject *pipeline_flush(zcg_py_pipeline *self, PyObject *unused) {
  zcg_error err;
  if (check_pipeline(self) < 0) return NULL;
  if (zcg_pipeline_flush(self->handle, &err) != ZCG_OK) return zcg_raise(self->module, &err);
  Py_RETURN_NONE;
}

/* _wants_keyframe(now) */
static PyObject *pipeline_wants_keyframe(zcg_py_pipeline *self, PyObject *args) {
  zcg_error err;
  int32_t wants;
  double now;
  if (!PyArg_ParseTuple(args, "d:_wants_keyframe", &now) || check_pipeline(self) < 0) return NULL;
  if (zcg_pipeline_wants_keyframe(self->handle, now, &wants, &err) != ZCG_OK)
    return zcg_raise(self->module, &err);
  return PyBool_FromLong(wants);
}

static PyObject *pipeline_roles(zcg_py_pipeline *self, PyObject *unused) {
  zcg_error err;
  zcg_holders holders;
  if (check_pipeline(self) < 0) return NULL;
  if (zcg_pipeline_get_holders(self->handle, &holders, &err) != ZCG_OK)
    return zcg_raise(self->module, &err);
  return zcg_holders_dict(&holders);
}

static PyObject *pipeline_report(zcg_py_pipeline *self, PyObject *unused) {
  zcg_error err;
  zcg_text json;
  if (check_pipeline(self) < 0) return NULL;
  if (zcg_pipeline_report(self->handle, &json, &err) != ZCG_OK)
    return zcg_raise(self->module, &err);
  return zcg_take_text(self->module, json);
}

static PyObject *pipeline_closed(zcg_py_pipeline *self, void *unused) {
  return PyBool_FromLong(!self->handle.bits);
}

static PyObject *pipeline_source(zcg_py_pipeline *self, void *unused) {
  return Py_NewRef(self->source);
}

static PyObject *pipeline_context(zcg_py_pipeline *self, void *unused) {
  return Py_NewRef(self->context);
}

static PyMethodDef pipeline_methods[] = {
    {"flush", (PyCFunction)pipeline_flush, METH_NOARGS,
     "Forget what waits; what is shown stays. Of packets nothing passes until the next keyframe."},
    {"roles", (PyCFunction)pipeline_roles, METH_NOARGS,
     "How many holds on frames the pipeline has now, by role: what waits or is shown is held by "
     "the presenter, what is kept by the cache."},
    {"_close", (PyCFunction)pipeline_close, METH_NOARGS, NULL},
    {"_show", (PyCFunction)pipeline_show, METH_VARARGS, NULL},
    {"_draw", (PyCFunction)pipeline_draw, METH_VARARGS, NULL},
    {"_past", (PyCFunction)pipeline_past, METH_VARARGS, NULL},
    {"_wants_keyframe", (PyCFunction)pipeline_wants_keyframe, METH_VARARGS, NULL},
    {"_report", (PyCFunction)pipeline_report, METH_NOARGS, NULL},
    {0},
};

static PyGetSetDef pipeline_getters[] = {
    {"closed", (getter)pipeline_closed, NULL, "Whether the pipeline is closed.", NULL},
    {"source", (getter)pipeline_source, NULL, "The Video or Decoder.", NULL},
    {"context", (getter)pipeline_context, NULL, "The context that frames are meant for, or None.",
     NULL},
    {0},
};

static PyType_Slot pipeline_slots[] = {
    {Py_tp_new, pipeline_new},
    {Py_tp_dealloc, pipeline_dealloc},
    {Py_tp_traverse, pipeline_traverse},
    {Py_tp_clear, pipeline_clear},
    {Py_tp_methods, pipeline_methods},
    {Py_tp_getset, pipeline_getters},
    {0, NULL},
};

PyType_Spec zcg_pipeline_spec = {
    .name = "zcgpu._native.Pipeline",
    .basicsize = sizeof(zcg_py_pipeline),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,
    .slots = pipeline_slots,
};
