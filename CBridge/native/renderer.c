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
    return zcg_raise_text(module, ZCG_E_WRONG_TYPE, "context is a zcgpu.Context, not %R", context);
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

/* _draw(frame, fit, x, y, width, height, background, sample_aspect): no viewport where its width is
 * below 0, no background where that is None. */
static PyObject *renderer_draw(zcg_py_renderer *self, PyObject *args) {
  zcg_draw_options options = {.struct_size = sizeof options};
  PyObject *frame, *background;
  int fit;
  if (!PyArg_ParseTuple(args, "OiiiiiOd:_draw", &frame, &fit, &options.x, &options.y,
                        &options.width, &options.height, &background, &options.sample_aspect))
    return NULL;
  if (check_renderer(self) < 0) return NULL;
  if (!zcg_is_frame(self->module, frame))
    return zcg_raise_text(self->module, ZCG_E_WRONG_TYPE, "a frame is drawn, not %R", frame);
  if (zcg_frame_check((zcg_py_frame *)frame) < 0) return NULL;
  options.fit = (zcg_fit)fit;
  options.has_viewport = options.width >= 0;
  if (background != Py_None) {
    double *c = options.background;
    if (!PyArg_ParseTuple(background, "dddd:background", c, c + 1, c + 2, c + 3)) return NULL;
    options.has_background = 1;
  }
  zcg_error err;
  zcg_status status;
  zcg_renderer renderer = self->handle;
  zcg_frame handle = ((zcg_py_frame *)frame)->handle;
  Py_BEGIN_ALLOW_THREADS;
  status = zcg_renderer_draw(renderer, handle, &options, &err);
  Py_END_ALLOW_THREADS;
  if (status != ZCG_OK) return zcg_raise(self->module, &err);
  return zcg_logged(self->module, Py_NewRef(Py_None));
}

static PyObject *renderer_statistics(zcg_py_renderer *self, PyObject *unused) {
  zcg_renderer_statistics s = {.struct_size = sizeof s};
  zcg_error err;
  if (check_renderer(self) < 0) return NULL;
  if (zcg_renderer_get_statistics(self->handle, &s, &err) != ZCG_OK)
    return zcg_raise(self->module, &err);
  return Py_BuildValue("{s:K,s:K,s:K}", "drawn", s.drawn, "dropped", s.dropped, "failed", s.failed);
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
     "How many frames were drawn, dropped since they could not be drawn any more, and refused."},
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
