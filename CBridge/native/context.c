#include "native.h"

/* A context object without a handle yet. */
static zcg_py_context *context_allocate(PyTypeObject *type, PyObject *origin) {
  zcg_module *module = zcg_module_of(type);
  if (!module) return NULL;
  allocfunc allocate = (allocfunc)PyType_GetSlot(type, Py_tp_alloc);
  zcg_py_context *self = (zcg_py_context *)allocate(type, 0);
  if (!self) return NULL;
  self->module = module;
  self->origin = Py_NewRef(origin);
  return self;
}

/* What a finished call made: the object with its handle, or NULL with what `err` reports. */
static PyObject *context_made(zcg_py_context *self, zcg_context handle, zcg_status status,
                              zcg_error *err) {
  self->handle = handle;
  if (status == ZCG_OK) {
    zcg_trace(self->module, ZCG_NOUN_CONTEXT, handle.bits);
    return zcg_logged(self->module, (PyObject *)self);
  }
  zcg_raise(self->module, err);
  Py_DECREF(self);
  return NULL;
}

static PyObject *context_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  zcg_context_options options = {.struct_size = sizeof options};
  int dialect = 0;
  PyObject *origin;
  unsigned long long budget;
  if (!PyArg_ParseTuple(args, "iiiiOK:Context", &dialect, &options.device, &options.major_version,
                        &options.minor_version, &origin, &budget))
    return NULL;
  options.pool_budget = budget;
  options.dialect = (zcg_dialect)dialect;
  zcg_py_context *self = context_allocate(type, origin);
  if (!self) return NULL;
  zcg_error err;
  zcg_status status;
  zcg_context handle = {0};
  Py_BEGIN_ALLOW_THREADS;
  status = zcg_context_create(&options, &handle, &err);
  Py_END_ALLOW_THREADS;
  return context_made(self, handle, status, &err);
}

static PyObject *context_from_current(PyObject *type, PyObject *origin) {
  zcg_py_context *self = context_allocate((PyTypeObject *)type, origin);
  if (!self) return NULL;
  zcg_error err;
  zcg_status status;
  zcg_context handle = {0};
  Py_BEGIN_ALLOW_THREADS;
  status = zcg_context_create_borrowed(&handle, &err);
  Py_END_ALLOW_THREADS;
  return context_made(self, handle, status, &err);
}

PyObject *zcg_context_wrap(zcg_module *module, zcg_context handle) {
  PyTypeObject *type =
      zcg_lazy_type(&module->public_context, "zcgpu.context", "Context", module->context_type);
  zcg_py_context *self =
      type ? (zcg_py_context *)((allocfunc)PyType_GetSlot(type, Py_tp_alloc))(type, 0) : NULL;
  if (!self) {
    zcg_context_destroy(&handle, NULL);
    return NULL;
  }
  self->module = module;
  self->handle = handle;
  self->origin = Py_NewRef(Py_None);
  zcg_trace(module, ZCG_NOUN_CONTEXT, handle.bits);
  return (PyObject *)self;
}

int zcg_context_option(zcg_module *module, PyObject *object, zcg_context *context) {
  *context = (zcg_context){0};
  if (object == Py_None) return 0;
  if (!PyObject_TypeCheck(object, module->context_type)) {
    zcg_raise_value(module, ZCG_E_WRONG_TYPE, object, "context is a zcgpu.Context or None, not");
    return -1;
  }
  *context = ((zcg_py_context *)object)->handle;
  zcg_error err;
  if (zcg_context_check(*context, &err) == ZCG_OK) return 0;
  zcg_raise(module, &err);
  return -1;
}

static void context_dealloc(zcg_py_context *self) {
  PyTypeObject *type = Py_TYPE((PyObject *)self);
  int32_t open = 0;
  if (self->handle.bits && zcg_context_is_open(self->handle, &open, NULL) == ZCG_OK && open)
    zcg_warn_dropped("zcgpu.Context made at %S was dropped open; close() it", self->origin);
  zcg_context_destroy(&self->handle, NULL);
  Py_CLEAR(self->origin);
  freefunc release = (freefunc)PyType_GetSlot(type, Py_tp_free);
  release(self);
  Py_DECREF(type);
}

static PyObject *context_close(zcg_py_context *self, PyObject *unused) {
  zcg_error err;
  zcg_status status;
  Py_BEGIN_ALLOW_THREADS;
  status = zcg_context_close(self->handle, &err);
  Py_END_ALLOW_THREADS;
  if (status != ZCG_OK) return zcg_raise(self->module, &err);
  return zcg_logged(self->module, Py_NewRef(Py_None));
}

static PyObject *context_closed(zcg_py_context *self, void *unused) {
  zcg_error err;
  int32_t open;
  if (zcg_context_is_open(self->handle, &open, &err) != ZCG_OK)
    return zcg_raise(self->module, &err);
  return PyBool_FromLong(!open);
}

static PyObject *context_describe(zcg_py_context *self, PyObject *unused) {
  zcg_error err;
  zcg_text json;
  if (zcg_context_describe(self->handle, &json, &err) != ZCG_OK)
    return zcg_raise(self->module, &err);
  return zcg_take_text(self->module, json);
}

static PyObject *context_validate(zcg_py_context *self, PyObject *unused) {
  zcg_error err;
  zcg_text json;
  if (zcg_context_validate(self->handle, &json, &err) != ZCG_OK)
    return zcg_raise(self->module, &err);
  return zcg_take_text(self->module, json);
}

/* Runs `call` without the GIL. */
static PyObject *without_gil(zcg_py_context *self,
                             zcg_status (*call)(zcg_context context, zcg_error *err)) {
  zcg_error err;
  zcg_status status;
  Py_BEGIN_ALLOW_THREADS;
  status = call(self->handle, &err);
  Py_END_ALLOW_THREADS;
  if (status != ZCG_OK) return zcg_raise(self->module, &err);
  return zcg_logged(self->module, Py_NewRef(Py_None));
}

static PyObject *context_reinitialize(zcg_py_context *self, PyObject *unused) {
  return without_gil(self, zcg_context_reinitialize);
}

static PyObject *context_simulate_loss(zcg_py_context *self, PyObject *unused) {
  return without_gil(self, zcg_context_simulate_loss);
}

static PyObject *context_reset_state(zcg_py_context *self, PyObject *unused) {
  return without_gil(self, zcg_context_reset_state);
}

static PyObject *context_check_errors(zcg_py_context *self, PyObject *operation) {
  if (!PyUnicode_Check(operation))
    return zcg_raise_value(self->module, ZCG_E_WRONG_TYPE, operation, "operation is a str, not");
  Py_ssize_t length;
  const char *utf8 = zcg_utf8(self->module, ZCG_E_INVALID_ARGUMENT, operation, &length);
  if (!utf8) return NULL;
  zcg_error err;
  zcg_status status;
  Py_BEGIN_ALLOW_THREADS;
  status = zcg_context_check_errors(self->handle, utf8, (size_t)length, &err);
  Py_END_ALLOW_THREADS;
  if (status != ZCG_OK) return zcg_raise(self->module, &err);
  Py_RETURN_NONE;
}

static PyObject *context_batch(zcg_py_context *self, PyObject *unused) {
  return zcg_batch_new(self);
}

static PyObject *context_acquire(zcg_py_context *self, PyObject *holder) {
  return zcg_reference_new(self, holder);
}

static PyObject *context_make_current(zcg_py_context *self, PyObject *unused) {
  zcg_error err;
  int32_t done = 0;
  zcg_status status = zcg_context_make_current_at_once(self->handle, &done, &err);
  if (status == ZCG_OK && !done) {
    Py_BEGIN_ALLOW_THREADS;
    status = zcg_context_make_current(self->handle, &err);
    Py_END_ALLOW_THREADS;
  }
  if (status != ZCG_OK) return zcg_raise(self->module, &err);
  return zcg_logged(self->module, Py_NewRef(Py_None));
}

static PyObject *context_upload(zcg_py_context *self, PyObject *picture) {
  Py_buffer view;
  if (PyObject_GetBuffer(picture, &view, PyBUF_STRIDED_RO | PyBUF_FORMAT) < 0) return NULL;
  zcg_pixels pixels;
  PyObject *frame = NULL;
  if (zcg_pixels_from(self->module, &view, &pixels) == 0) {
    zcg_error err;
    zcg_status status;
    zcg_frame handle;
    Py_BEGIN_ALLOW_THREADS;
    status = zcg_frame_create(self->handle, &pixels, &handle, &err);
    Py_END_ALLOW_THREADS;
    frame = status == ZCG_OK ? zcg_frame_wrap(self->module, handle, (PyObject *)self)
                             : zcg_raise(self->module, &err);
  }
  PyBuffer_Release(&view);
  return zcg_logged(self->module, frame);
}

static PyMethodDef context_methods[] = {
    {"close", (PyCFunction)context_close, METH_NOARGS,
     "Close the context. What was made in it can no longer be used. Closing twice is fine."},
    {"batch", (PyCFunction)context_batch, METH_NOARGS,
     "Keep the context current on this thread inside a `with` block."},
    {"_acquire", (PyCFunction)context_acquire, METH_O, "A reference for a holder of that name."},
    {"reinitialize", (PyCFunction)context_reinitialize, METH_NOARGS,
     "End this generation and start the next: frames made before are stale, scenes rebuild "
     "themselves. Recovers from a lost context."},
    {"simulate_loss", (PyCFunction)context_simulate_loss, METH_NOARGS,
     "Behave as if the driver had given the context up, for tests of what comes after."},
    {"reset_state", (PyCFunction)context_reset_state, METH_NOARGS,
     "Put GL's state back, after GL calls of one's own inside a batch: to what zcgpu draws with; "
     "in a borrowed context to GL's initial values, as far as drawing depends on them."},
    {"check_errors", (PyCFunction)context_check_errors, METH_O,
     "Take every pending GL error; raise GLError for the first, naming the operation (a str)."},
    {"_from_current", (PyCFunction)context_from_current, METH_O | METH_CLASS,
     "A context borrowed from the host; the argument is where it was made."},
    {"_validate", (PyCFunction)context_validate, METH_NOARGS, "The state, as JSON."},
    {"make_current", (PyCFunction)context_make_current, METH_NOARGS,
     "Inside a batch: make this context the thread's current one now."},
    {"_describe", (PyCFunction)context_describe, METH_NOARGS, "The report, as JSON."},
    {"_cube", (PyCFunction)zcg_context_cube, METH_O, "A cube of a tuple of six frames."},
    {"_import_dmabuf", (PyCFunction)zcg_context_import_dmabuf, METH_VARARGS,
     "A frame of planes, width, height, fourcc, modifier, matrix, range, siting."},
    {"_fence_fd", (PyCFunction)zcg_context_fence_fd, METH_NOARGS,
     "A descriptor that becomes readable when the GPU is done."},
    {"_upload", (PyCFunction)context_upload, METH_O, "A frame from a buffer (H, W, 3|4)."},
    {0},
};

static PyGetSetDef context_getters[] = {
    {"closed", (getter)context_closed, NULL, "Whether the context is closed.", NULL},
    {0},
};

static PyType_Slot context_slots[] = {
    {Py_tp_new, context_new},
    {Py_tp_dealloc, context_dealloc},
    {Py_tp_methods, context_methods},
    {Py_tp_getset, context_getters},
    {0, NULL},
};

PyType_Spec zcg_context_spec = {
    .name = "zcgpu._native.Context",
    .basicsize = sizeof(zcg_py_context),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
    .slots = context_slots,
};
