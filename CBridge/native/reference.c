#include "native.h"

/* A token of somebody who needs a context open. */
typedef struct {
  PyObject_HEAD
  zcg_module *module;
  zcg_reference handle;
  PyObject *context;
  PyObject *holder;
} zcg_py_reference;

PyObject *zcg_reference_new(zcg_py_context *context, PyObject *holder) {
  Py_ssize_t length;
  const char *name = zcg_utf8(context->module, ZCG_E_INVALID_ARGUMENT, holder, &length);
  if (!name) return NULL;
  zcg_py_reference *self = PyObject_GC_New(zcg_py_reference, context->module->reference_type);
  if (!self) return NULL;
  self->module = context->module;
  self->context = Py_NewRef((PyObject *)context);
  self->holder = Py_NewRef(holder);
  self->handle = (zcg_reference){0};
  zcg_error err;
  if (zcg_context_acquire(context->handle, name, (size_t)length, &self->handle, &err) == ZCG_OK) {
    zcg_trace(self->module, ZCG_NOUN_REFERENCE, self->handle.bits);
    PyObject_GC_Track(self);
    return (PyObject *)self;
  }
  Py_DECREF(self);
  return zcg_raise(context->module, &err);
}

/* What only a cycle keeps, a subclass's attributes say, shall be found. */
static int reference_traverse(zcg_py_reference *self, visitproc visit, void *arg) {
  Py_VISIT(Py_TYPE((PyObject *)self));
  Py_VISIT(self->context);
  return 0;
}

static void reference_dealloc(zcg_py_reference *self) {
  PyObject_GC_UnTrack(self);
  PyTypeObject *type = Py_TYPE((PyObject *)self);
  zcg_reference_destroy(&self->handle, NULL);
  Py_CLEAR(self->context);
  Py_CLEAR(self->holder);
  PyObject_GC_Del(self);
  Py_DECREF(type);
}

static PyObject *reference_release(zcg_py_reference *self, PyObject *unused) {
  zcg_reference handle = self->handle;
  self->handle = (zcg_reference){0}; /* another thread's release does nothing */
  zcg_error err;
  zcg_status status;
  Py_BEGIN_ALLOW_THREADS;
  status = zcg_context_release(&handle, &err);
  Py_END_ALLOW_THREADS;
  if (status != ZCG_OK) return zcg_raise(self->module, &err);
  Py_RETURN_NONE;
}

static PyObject *reference_enter(PyObject *self, PyObject *unused) { return Py_NewRef(self); }

static PyObject *reference_exit(zcg_py_reference *self, PyObject *unused) {
  return reference_release(self, NULL);
}

static PyObject *reference_closed(zcg_py_reference *self, void *unused) {
  return PyBool_FromLong(!self->handle.bits);
}

static PyObject *reference_holder(zcg_py_reference *self, void *unused) {
  return Py_NewRef(self->holder);
}

static PyObject *reference_context(zcg_py_reference *self, void *unused) {
  return Py_NewRef(self->context);
}

static PyObject *reference_repr(zcg_py_reference *self) {
  return PyUnicode_FromFormat("<zcgpu context reference of %R%s>", self->holder,
                              self->handle.bits ? "" : ", released");
}

static PyMethodDef reference_methods[] = {
    {"release", (PyCFunction)reference_release, METH_NOARGS,
     "Give the reference back; a second time does nothing. The last one closes a context that "
     "was closed meanwhile."},
    {"close", (PyCFunction)reference_release, METH_NOARGS, "The same as release()."},
    {"__enter__", reference_enter, METH_NOARGS, NULL},
    {"__exit__", (PyCFunction)reference_exit, METH_VARARGS, NULL},
    {0},
};

static PyGetSetDef reference_getters[] = {
    {"closed", (getter)reference_closed, NULL, "Whether it was given back.", NULL},
    {"holder", (getter)reference_holder, NULL, "Who holds it.", NULL},
    {"context", (getter)reference_context, NULL, "The context that it keeps open.", NULL},
    {0},
};

static PyType_Slot reference_slots[] = {
    {Py_tp_dealloc, reference_dealloc}, {Py_tp_traverse, reference_traverse},
    {Py_tp_methods, reference_methods}, {Py_tp_getset, reference_getters},
    {Py_tp_repr, reference_repr},       {0, NULL},
};

PyType_Spec zcg_reference_spec = {
    .name = "zcgpu._native.Reference",
    .basicsize = sizeof(zcg_py_reference),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    .slots = reference_slots,
};
