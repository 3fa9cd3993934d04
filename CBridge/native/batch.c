#include "native.h"

/* A batch: `with` makes the context current on this thread and puts back what was. */
typedef struct {
  PyObject_HEAD
  zcg_py_context *context;
} zcg_py_batch;

PyObject *zcg_batch_new(zcg_py_context *context) {
  zcg_py_batch *self = PyObject_New(zcg_py_batch, context->module->batch_type);
  if (self) self->context = (zcg_py_context *)Py_NewRef((PyObject *)context);
  return (PyObject *)self;
}

static void batch_dealloc(zcg_py_batch *self) {
  PyTypeObject *type = Py_TYPE((PyObject *)self);
  Py_CLEAR(self->context);
  PyObject_Free(self);
  Py_DECREF(type);
}

static PyObject *batch_enter(zcg_py_batch *self, PyObject *unused) {
  zcg_error err;
  int32_t begun = 0;
  zcg_status status = zcg_context_begin_batch_at_once(self->context->handle, &begun, &err);
  if (status == ZCG_OK && !begun) {
    Py_BEGIN_ALLOW_THREADS;
    status = zcg_context_begin_batch(self->context->handle, &err);
    Py_END_ALLOW_THREADS;
  }
  if (status != ZCG_OK) return zcg_raise(self->context->module, &err);
  return Py_NewRef((PyObject *)self);
}

static PyObject *batch_exit(zcg_py_batch *self, PyObject *const *args, Py_ssize_t count) {
  zcg_error err;
  zcg_status status = zcg_context_end_batch(self->context->handle, &err);
  /* A forked child has no batch to end: what makes it leave the block is not replaced. */
  int is_leaving = count > 0 && args[0] != Py_None;
  if (status != ZCG_OK && !(status == ZCG_E_FORKED && is_leaving))
    return zcg_raise(self->context->module, &err);
  Py_RETURN_FALSE;
}

static PyMethodDef batch_methods[] = {
    {"__enter__", (PyCFunction)batch_enter, METH_NOARGS, NULL},
    {"__exit__", (PyCFunction)(void (*)(void))batch_exit, METH_FASTCALL, NULL},
    {0},
};

static PyType_Slot batch_slots[] = {
    {Py_tp_dealloc, batch_dealloc},
    {Py_tp_methods, batch_methods},
    {0, NULL},
};

PyType_Spec zcg_batch_spec = {
    .name = "zcgpu._native.Batch",
    .basicsize = sizeof(zcg_py_batch),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    .slots = batch_slots,
};
