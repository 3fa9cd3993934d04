#include "native.h"

/* Pool(context, budget): a budget of 0 is the context's own pool. */
static PyObject *pool_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  zcg_module *module = zcg_module_of(type);
  PyObject *context;
  unsigned long long budget;
  if (!module || !PyArg_ParseTuple(args, "OK:Pool", &context, &budget)) return NULL;
  if (!PyObject_TypeCheck(context, module->context_type)) {
    PyErr_SetString(PyExc_TypeError, "pools come from context.pool(...)");
    return NULL;
  }
  zcg_py_pool *self = (zcg_py_pool *)((allocfunc)PyType_GetSlot(type, Py_tp_alloc))(type, 0);
  if (!self) return NULL;
  self->module = module;
  self->context = Py_NewRef(context);
  zcg_error err;
  zcg_context owner = ((zcg_py_context *)context)->handle;
  zcg_status status = budget ? zcg_pool_create(owner, budget, &self->handle, &err)
                             : zcg_pool_acquire_own(owner, &self->handle, &err);
  if (status == ZCG_OK) {
    zcg_trace(module, ZCG_NOUN_POOL, self->handle.bits);
    return (PyObject *)self;
  }
  zcg_raise(module, &err);
  Py_DECREF(self);
  return NULL;
}

/* What only a cycle keeps, a subclass's attributes say, shall be found. */
static int pool_traverse(zcg_py_pool *self, visitproc visit, void *arg) {
  Py_VISIT(Py_TYPE((PyObject *)self));
  Py_VISIT(self->context);
  return 0;
}

static void pool_dealloc(zcg_py_pool *self) {
  PyObject_GC_UnTrack(self);
  PyTypeObject *type = Py_TYPE((PyObject *)self);
  zcg_pool_destroy(&self->handle, NULL);
  Py_CLEAR(self->context);
  freefunc release = (freefunc)PyType_GetSlot(type, Py_tp_free);
  release(self);
  Py_DECREF(type);
}

static int check_pool(zcg_py_pool *self) {
  if (self->handle.bits) return 0;
  zcg_raise_text(self->module, ZCG_E_CLOSED, "this pool is closed");
  return -1;
}

int zcg_pool_from(zcg_module *module, PyObject *object, zcg_pool *pool) {
  if (object == Py_None) {
    pool->bits = 0;
    return 0;
  }
  if (!PyObject_TypeCheck(object, module->pool_type)) {
    zcg_raise_value(module, ZCG_E_WRONG_TYPE, object, "pool is a zcgpu.Pool, not");
    return -1;
  }
  *pool = ((zcg_py_pool *)object)->handle;
  return check_pool((zcg_py_pool *)object);
}

/* _frame(width, height, format, label) */
static PyObject *pool_frame(zcg_py_pool *self, PyObject *args) {
  zcg_pool_request request = {.struct_size = sizeof request};
  PyObject *width, *height;
  int format;
  const char *label;
  Py_ssize_t label_length;
  if (!PyArg_ParseTuple(args, "OOiz#:_frame", &width, &height, &format, &label, &label_length) ||
      check_pool(self) < 0 ||
      zcg_integer_from(self->module, width, "width", ZCG_E_BAD_SIZE, &request.width) < 0 ||
      zcg_integer_from(self->module, height, "height", ZCG_E_BAD_SIZE, &request.height) < 0)
    return NULL;
  request.format = (zcg_format)format;
  request.label = label;
  request.label_length = (size_t)label_length;
  zcg_error err;
  zcg_status status;
  zcg_frame frame;
  zcg_pool pool = self->handle;
  Py_BEGIN_ALLOW_THREADS;
  status = zcg_pool_take_frame(pool, &request, &frame, &err);
  Py_END_ALLOW_THREADS;
  if (status != ZCG_OK) return zcg_raise(self->module, &err);
  return zcg_frame_wrap(self->module, frame, self->context);
}

static PyObject *pool_statistics(zcg_py_pool *self, PyObject *unused) {
  zcg_pool_statistics s = {.struct_size = sizeof s};
  zcg_error err;
  if (check_pool(self) < 0) return NULL;
  if (zcg_pool_get_statistics(self->handle, &s, &err) != ZCG_OK)
    return zcg_raise(self->module, &err);
  return Py_BuildValue("(KKKKKKKKKKKKK)", s.budget, s.live_count, s.live_bytes, s.orphaned_count,
                       s.orphaned_bytes, s.retiring_count, s.retiring_bytes, s.idle_count,
                       s.idle_bytes, s.hits, s.misses, s.evictions, s.peak_bytes);
}

static PyObject *pool_holdings(zcg_py_pool *self, PyObject *unused) {
  zcg_text json;
  zcg_error err;
  if (check_pool(self) < 0) return NULL;
  if (zcg_pool_describe_holdings(self->handle, &json, &err) != ZCG_OK)
    return zcg_raise(self->module, &err);
  return zcg_take_text(self->module, json);
}

/* Runs `call`, which counts, without the GIL. */
static PyObject *counted(zcg_py_pool *self,
                         zcg_status (*call)(zcg_pool pool, uint64_t *count, zcg_error *err)) {
  uint64_t count;
  zcg_error err;
  zcg_status status;
  if (check_pool(self) < 0) return NULL;
  zcg_pool pool = self->handle;
  Py_BEGIN_ALLOW_THREADS;
  status = call(pool, &count, &err);
  Py_END_ALLOW_THREADS;
  return status == ZCG_OK ? PyLong_FromUnsignedLongLong(count) : zcg_raise(self->module, &err);
}

/* Runs `call` without the GIL. */
static PyObject *called(zcg_py_pool *self, zcg_status (*call)(zcg_pool pool, zcg_error *err)) {
  zcg_error err;
  zcg_status status;
  if (check_pool(self) < 0) return NULL;
  zcg_pool pool = self->handle;
  Py_BEGIN_ALLOW_THREADS;
  status = call(pool, &err);
  Py_END_ALLOW_THREADS;
  if (status != ZCG_OK) return zcg_raise(self->module, &err);
  Py_RETURN_NONE;
}

static PyObject *pool_housekeeping(zcg_py_pool *self, PyObject *unused) {
  return counted(self, zcg_pool_housekeep);
}

static PyObject *pool_purge(zcg_py_pool *self, PyObject *unused) {
  return counted(self, zcg_pool_purge);
}

static PyObject *pool_clean_up(zcg_py_pool *self, PyObject *unused) {
  return called(self, zcg_pool_clean_up);
}

static PyObject *pool_force_clean_up(zcg_py_pool *self, PyObject *unused) {
  return called(self, zcg_pool_force_clean_up);
}

static PyObject *pool_close(zcg_py_pool *self, PyObject *unused) {
  zcg_pool_destroy(&self->handle, NULL);
  Py_RETURN_NONE;
}

static PyObject *pool_closed(zcg_py_pool *self, void *unused) {
  return PyBool_FromLong(!self->handle.bits);
}

static PyObject *pool_context(zcg_py_pool *self, void *unused) { return Py_NewRef(self->context); }

static PyMethodDef pool_methods[] = {
    {"housekeeping", (PyCFunction)pool_housekeeping, METH_NOARGS,
     "Make what is idle one older; delete what was idle for more than 30 calls. How many those "
     "were."},
    {"purge", (PyCFunction)pool_purge, METH_NOARGS,
     "Delete what is idle now. How many those were."},
    {"close", (PyCFunction)pool_close, METH_NOARGS,
     "Give the pool up. Its frames live on; what is idle is deleted. Closing twice is fine."},
    {"_frame", (PyCFunction)pool_frame, METH_VARARGS, NULL},
    {"_statistics", (PyCFunction)pool_statistics, METH_NOARGS, "The figures, as a tuple."},
    {"_holdings", (PyCFunction)pool_holdings, METH_NOARGS, "Who holds what, as JSON."},
    {"_clean_up", (PyCFunction)pool_clean_up, METH_NOARGS, NULL},
    {"_force_clean_up", (PyCFunction)pool_force_clean_up, METH_NOARGS, NULL},
    {0},
};

static PyGetSetDef pool_getters[] = {
    {"closed", (getter)pool_closed, NULL, "Whether the pool is closed.", NULL},
    {"context", (getter)pool_context, NULL, "The context it lives in.", NULL},
    {0},
};

static PyType_Slot pool_slots[] = {
    {Py_tp_new, pool_new},         {Py_tp_dealloc, pool_dealloc}, {Py_tp_traverse, pool_traverse},
    {Py_tp_methods, pool_methods}, {Py_tp_getset, pool_getters},  {0, NULL},
};

PyType_Spec zcg_pool_spec = {
    .name = "zcgpu._native.Pool",
    .basicsize = sizeof(zcg_py_pool),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,
    .slots = pool_slots,
};
