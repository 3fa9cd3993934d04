#include "native.h"

/* The names of zcg_role, from 1. */
static const char *const role_names[] = {"decoder", "cache", "presenter", "renderer", "gpu"};
enum { ROLE_COUNT = sizeof role_names / sizeof *role_names };

static int role_from(zcg_module *module, PyObject *object, zcg_role *role) {
  for (int i = 0; PyUnicode_Check(object) && i < ROLE_COUNT; i++)
    if (PyUnicode_CompareWithASCIIString(object, role_names[i]) == 0) {
      *role = (zcg_role)(i + 1);
      return 0;
    }
  zcg_raise_value(module, ZCG_E_INVALID_ARGUMENT, object,
                  "a role is 'decoder', 'cache', 'presenter' or 'renderer', not");
  return -1;
}

PyObject *zcg_holders_dict(const zcg_holders *holders) {
  const uint32_t counts[ROLE_COUNT + 1] = {holders->decoder,  holders->cache, holders->presenter,
                                           holders->renderer, holders->gpu,   holders->mappings};
  PyObject *dict = PyDict_New();
  for (int i = 0; dict && i <= ROLE_COUNT; i++) {
    if (!counts[i]) continue;
    PyObject *count = PyLong_FromUnsignedLong(counts[i]);
    if (!count || PyDict_SetItemString(dict, i < ROLE_COUNT ? role_names[i] : "view", count) < 0)
      Py_CLEAR(dict);
    Py_XDECREF(count);
  }
  return dict;
}

PyObject *zcg_lease_wrap(zcg_module *module, zcg_lease handle, PyObject *context,
                         PyObject *origin) {
  PyTypeObject *type =
      zcg_lazy_type(&module->public_lease, "zcgpu.lease", "Lease", module->lease_type);
  zcg_py_lease *self =
      type ? (zcg_py_lease *)((allocfunc)PyType_GetSlot(type, Py_tp_alloc))(type, 0) : NULL;
  if (!self) {
    zcg_lease_release(&handle, NULL);
    return NULL;
  }
  self->module = module;
  self->handle = handle;
  self->context = Py_NewRef(context);
  self->origin = Py_NewRef(origin);
  zcg_trace(module, ZCG_NOUN_LEASE, handle.bits);
  return (PyObject *)self;
}

PyObject *zcg_frame_lease(zcg_py_frame *self, PyObject *args) {
  PyObject *name, *origin;
  zcg_role role;
  zcg_error err;
  zcg_lease lease;
  if (!PyArg_ParseTuple(args, "OO:_lease", &name, &origin) || zcg_frame_check(self) < 0 ||
      role_from(self->module, name, &role) < 0)
    return NULL;
  if (zcg_lease_acquire(self->handle, role, &lease, &err) != ZCG_OK)
    return zcg_raise(self->module, &err);
  return zcg_lease_wrap(self->module, lease, self->context, origin);
}

PyObject *zcg_video_frame_lease(zcg_py_video_frame *self, PyObject *args) {
  PyObject *name, *origin;
  zcg_role role;
  zcg_error err;
  zcg_lease lease;
  if (!PyArg_ParseTuple(args, "OO:_lease", &name, &origin) || zcg_video_frame_check(self) < 0 ||
      role_from(self->module, name, &role) < 0)
    return NULL;
  if (zcg_video_frame_acquire_lease(self->handle, role, &lease, &err) != ZCG_OK)
    return zcg_raise(self->module, &err);
  return zcg_lease_wrap(self->module, lease, self->context, origin);
}

static PyObject *lease_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  PyErr_SetString(PyExc_TypeError, "leases come from frame.lease(role)");
  return NULL;
}

/* What only a cycle keeps, a subclass's attributes say, shall be found. */
static int lease_traverse(zcg_py_lease *self, visitproc visit, void *arg) {
  Py_VISIT(Py_TYPE((PyObject *)self));
  Py_VISIT(self->context);
  return 0;
}

static void lease_dealloc(zcg_py_lease *self) {
  PyObject_GC_UnTrack(self);
  PyTypeObject *type = Py_TYPE((PyObject *)self);
  if (self->handle.bits)
    zcg_warn_dropped("zcgpu.Lease taken at %S was dropped held; release() it", self->origin);
  zcg_lease_release(&self->handle, NULL);
  Py_CLEAR(self->context);
  Py_CLEAR(self->origin);
  freefunc release = (freefunc)PyType_GetSlot(type, Py_tp_free);
  release(self);
  Py_DECREF(type);
}

int zcg_lease_check(zcg_py_lease *self) {
  if (self->handle.bits) return 0;
  zcg_raise_text(self->module, ZCG_E_LEASE,
                 self->is_passed ? "this lease was passed on before: use what pass_to() returned"
                                 : "this lease was released before: a lease is given up once");
  return -1;
}

static PyObject *lease_release(zcg_py_lease *self, PyObject *unused) {
  zcg_error err;
  if (zcg_lease_check(self) < 0) return NULL;
  if (zcg_lease_release(&self->handle, &err) != ZCG_OK) return zcg_raise(self->module, &err);
  Py_RETURN_NONE;
}

static PyObject *lease_close(zcg_py_lease *self, PyObject *unused) {
  zcg_lease_release(&self->handle, NULL);
  Py_RETURN_NONE;
}

static PyObject *lease_pass(zcg_py_lease *self, PyObject *args) {
  PyObject *name, *origin;
  zcg_role role;
  zcg_error err;
  zcg_lease passed;
  if (!PyArg_ParseTuple(args, "OO:_pass_to", &name, &origin) || zcg_lease_check(self) < 0 ||
      role_from(self->module, name, &role) < 0)
    return NULL;
  if (zcg_lease_pass(&self->handle, role, &passed, &err) != ZCG_OK)
    return zcg_raise(self->module, &err);
  self->is_passed = 1;
  return zcg_lease_wrap(self->module, passed, self->context, origin);
}

static PyObject *lease_closed(zcg_py_lease *self, void *unused) {
  return PyBool_FromLong(!self->handle.bits);
}

static PyObject *lease_role(zcg_py_lease *self, void *unused) {
  zcg_error err;
  zcg_role role;
  if (zcg_lease_check(self) < 0) return NULL;
  if (zcg_lease_get_role(self->handle, &role, &err) != ZCG_OK) return zcg_raise(self->module, &err);
  return PyUnicode_FromString(role_names[role - 1]);
}

static PyObject *lease_holders(zcg_py_lease *self, void *unused) {
  zcg_error err;
  zcg_holders holders;
  if (zcg_lease_check(self) < 0) return NULL;
  if (zcg_lease_get_holders(self->handle, &holders, &err) != ZCG_OK)
    return zcg_raise(self->module, &err);
  return zcg_holders_dict(&holders);
}

static PyObject *lease_frame(zcg_py_lease *self, PyObject *unused) {
  zcg_error err;
  zcg_noun noun;
  zcg_frame frame;
  zcg_video_frame video_frame;
  if (zcg_lease_check(self) < 0) return NULL;
  zcg_status status = zcg_lease_get_noun(self->handle, &noun, &err);
  int is_video = status == ZCG_OK && noun == ZCG_NOUN_VIDEO_FRAME;
  if (status == ZCG_OK)
    status = is_video ? zcg_lease_acquire_video_frame(self->handle, &video_frame, &err)
                      : zcg_lease_acquire_frame(self->handle, &frame, &err);
  if (status != ZCG_OK) return zcg_raise(self->module, &err);
  return is_video ? zcg_video_frame_wrap(self->module, video_frame, self->context)
                  : zcg_frame_wrap(self->module, frame, self->context);
}

static PyObject *lease_context(zcg_py_lease *self, void *unused) {
  return Py_NewRef(self->context);
}

static PyMethodDef lease_methods[] = {
    {"release", (PyCFunction)lease_release, METH_NOARGS,
     "Give the hold up, exactly once: a second time is a LeaseError."},
    {"close", (PyCFunction)lease_close, METH_NOARGS,
     "Give the hold up, if that was not done before."},
    {"_pass_to", (PyCFunction)lease_pass, METH_VARARGS, "pass_to(role), and where it was called."},
    {"frame", (PyCFunction)lease_frame, METH_NOARGS,
     "A frame of what is held, with a hold of its own."},
    {"_capsule", (PyCFunction)zcg_lease_capsule, METH_O, "capsule(owned=...)."},
    {0},
};

static PyGetSetDef lease_getters[] = {
    {"closed", (getter)lease_closed, NULL, "Whether the hold is given up.", NULL},
    {"role", (getter)lease_role, NULL, "The reason to keep the frame.", NULL},
    {"holders", (getter)lease_holders, NULL, "Who holds the frame: {role: count}.", NULL},
    {"context", (getter)lease_context, NULL,
     "The context it lives in; of a video's frame its video's, or None.", NULL},
    {0},
};

static PyType_Slot lease_slots[] = {
    {Py_tp_new, lease_new},           {Py_tp_dealloc, lease_dealloc},
    {Py_tp_traverse, lease_traverse}, {Py_tp_methods, lease_methods},
    {Py_tp_getset, lease_getters},    {0, NULL},
};

PyType_Spec zcg_lease_spec = {
    .name = "zcgpu._native.Lease",
    .basicsize = sizeof(zcg_py_lease),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,
    .slots = lease_slots,
};
