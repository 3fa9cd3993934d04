#include "native.h"

/* Draws pictures into a host's framebuffer. */
typedef struct {
  PyObject_HEAD
  zcg_module *module;
  zcg_renderer handle;
  PyObject *context; /* keeps the context's object alive */
} zcg_py_renderer;

/* Renderer(context) */
static PyObject *renderer_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  zcg_module *module = zcg_module_of(type);
  PyObject *context;
  if (!module || !PyArg_ParseTuple(args, "O:Renderer", &context)) return NULL;
  if (!PyObject_TypeCheck(context, module->context_type))
    return zcg_raise_value(module, ZCG_E_WRONG_TYPE, context, "context is a zcgpu.Context, not");
  zcg_py_renderer *self =
      (zcg_py_renderer *)((allocfunc)PyType_GetSlot(type, Py_tp_alloc))(type, 0);
  if (!self) return NULL;
  self->module = module;
  self->context = Py_NewRef(context);
  zcg_error err;
  if (zcg_renderer_create(((zcg_py_context *)context)->handle, &self->handle, &err) == ZCG_OK) {
    zcg_trace(module, ZCG_NOUN_RENDERER, self->handle.bits);
    return (PyObject *)self;
  }
  zcg_raise(module, &err);
  Py_DECREF(self);
  return NULL;
}

/* What only a cycle keeps, a subclass's attributes say, shall be found. */
static int renderer_traverse(zcg_py_renderer *self, visitproc visit, void *arg) {
  Py_VISIT(Py_TYPE((PyObject *)self));
  Py_VISIT(self->context);
  return 0;
}

static void renderer_dealloc(zcg_py_renderer *self) {
  PyObject_GC_UnTrack(self);
  PyTypeObject *type = Py_TYPE((PyObject *)self);
  zcg_renderer_destroy(&self->handle, NULL);
  Py_CLEAR(self->context);
  freefunc release = (freefunc)PyType_GetSlot(type, Py_tp_free);
  release(self);
  Py_DECREF(type);
}

static int check_renderer(zcg_py_renderer *self) {
  if (self->handle.bits) return 0;
  zcg_raise_text(self->module, ZCG_E_CLOSED, "this renderer is closed");
  return -1;
}

int zcg_draw_options_from(PyObject *tuple, zcg_draw_options *options) {
  PyObject *background;
  int fit;
  *options = (zcg_draw_options){.struct_size = sizeof *options};
  if (!PyArg_ParseTuple(tuple, "iiiiiOd:draw options", &fit, &options->x, &options->y,
                        &options->width, &options->height, &background, &options->sample_aspect))
    return -1;
  options->fit = (zcg_fit)fit;
  options->has_viewport = options->width >= 0;
  if (background == Py_None) return 0;
  double *c = options->background;
  options->has_background = 1;
  return PyArg_ParseTuple(background, "dddd:background", c, c + 1, c + 2, c + 3) ? 0 : -1;
}

int zcg_renderer_from(zcg_module *module, PyObject *object, zcg_renderer *renderer) {
  if (!PyObject_TypeCheck(object, module->renderer_type)) {
    zcg_raise_value(module, ZCG_E_WRONG_TYPE, object, "renderer is a zcgpu.Renderer, not");
    return -1;
  }
  *renderer = ((zcg_py_renderer *)object)->handle;
  return check_renderer((zcg_py_renderer *)object);
}

/* _draw(frame, options): a Frame or a VideoFrame. Below this one that is closed is
 * told of, and counted. */
static PyObject *renderer_draw(zcg_py_renderer *self, PyObject *args) {
  zcg_draw_options options;
  PyObject *frame, *tuple;
  if (!PyArg_ParseTuple(args, "OO!:_draw", &frame, &PyTuple_Type, &tuple) ||
      check_renderer(self) < 0 || zcg_draw_options_from(tuple, &options) < 0)
    return NULL;
  zcg_error err;
  zcg_status status;
  zcg_renderer renderer = self->handle;
  if (zcg_is_frame(self->module, frame)) {
    zcg_frame picture = ((zcg_py_frame *)frame)->handle;
    Py_BEGIN_ALLOW_THREADS;
    status = zcg_renderer_draw(renderer, picture, &options, &err);
    Py_END_ALLOW_THREADS;
  } else if (PyObject_TypeCheck(frame, self->module->video_frame_type)) {
    zcg_video_frame picture = ((zcg_py_video_frame *)frame)->handle;
    Py_BEGIN_ALLOW_THREADS;
    status = zcg_renderer_draw_video(renderer, picture, &options, &err);
    Py_END_ALLOW_THREADS;
  } else {
    return zcg_raise_value(self->module, ZCG_E_WRONG_TYPE, frame, "a frame is drawn, not");
  }
  if (status != ZCG_OK) return zcg_raise(self->module, &err);
  return zcg_logged(self->module, Py_NewRef(Py_None));
}

static PyObject *renderer_statistics(zcg_py_renderer *self, PyObject *unused) {
  zcg_renderer_statistics s = {.struct_size = sizeof s};
  zcg_error err;
  if (check_renderer(self) < 0) return NULL;
  if (zcg_renderer_get_statistics(self->handle, &s, &err) != ZCG_OK)
    return zcg_raise(self->module, &err);
  return Py_BuildValue("{s:K,s:K,s:K,s:K}", "drawn", s.drawn, "dropped", s.dropped, "failed",
                       s.failed, "fallbacks", s.fallbacks);
}

static PyObject *renderer_close(zcg_py_renderer *self, PyObject *unused) {
  zcg_renderer_destroy(&self->handle, NULL);
  Py_RETURN_NONE;
}

static PyObject *renderer_closed(zcg_py_renderer *self, void *unused) {
  return PyBool_FromLong(!self->handle.bits);
}

static PyObject *renderer_context(zcg_py_renderer *self, void *unused) {
  return Py_NewRef(self->context);
}

static PyMethodDef renderer_methods[] = {
    {"close", (PyCFunction)renderer_close, METH_NOARGS,
     "Give the renderer up. Closing twice is fine."},
    {"stats", (PyCFunction)renderer_statistics, METH_NOARGS,
     "How many frames were drawn, dropped since they could not be drawn any more, and failed since "
     "driver or host refused; and how many decoded ones of those drawn were converted on the CPU, "
     "since the GPU would not: fallbacks."},
    {"_draw", (PyCFunction)renderer_draw, METH_VARARGS, NULL},
    {0},
};

static PyGetSetDef renderer_getters[] = {
    {"closed", (getter)renderer_closed, NULL, "Whether the renderer is closed.", NULL},
    {"context", (getter)renderer_context, NULL, "The context it draws in.", NULL},
    {0},
};

static PyType_Slot renderer_slots[] = {
    {Py_tp_new, renderer_new},           {Py_tp_dealloc, renderer_dealloc},
    {Py_tp_traverse, renderer_traverse}, {Py_tp_methods, renderer_methods},
    {Py_tp_getset, renderer_getters},    {0, NULL},
};

PyType_Spec zcg_renderer_spec = {
    .name = "zcgpu._native.Renderer",
    .basicsize = sizeof(zcg_py_renderer),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,
    .slots = renderer_slots,
};
