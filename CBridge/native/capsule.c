#include <string.h>

#include "native.h"

/* What a capsule keeps alive, by the capsule's address: its pointer and context value are taken by
 * the contract. One dict an interpreter, which outlives every module and every capsule. Borrowed;
 * NULL, perhaps with an exception set, where there is none any more. */
static PyObject *kept(void) {
  static const char name[] = "zcgpu.capsules";
  PyObject *state = PyInterpreterState_GetDict(PyInterpreterState_Get());
  if (!state) return NULL;
  PyObject *dict = PyDict_GetItemString(state, name);
  if (dict) return dict;
  dict = PyDict_New();
  if (!dict || PyDict_SetItemString(state, name, dict) < 0) Py_CLEAR(dict);
  Py_XDECREF(dict); /* the interpreter's dict holds it */
  return dict;
}

/* What this capsule keeps, no longer kept by it; NULL for a capsule of somebody else's. */
static PyObject *take_kept(PyObject *capsule) {
  PyObject *dict = kept(), *key = dict ? PyLong_FromVoidPtr(capsule) : NULL;
  PyObject *owner = key ? Py_XNewRef(PyDict_GetItemWithError(dict, key)) : NULL;
  if (owner && PyDict_DelItem(dict, key) < 0) PyErr_Clear();
  Py_XDECREF(key);
  PyErr_Clear();
  return owner;
}

/* One kind of capsule. */
typedef struct {
  const char *name;
  const char *used;
  zcg_noun noun;
} capsule_kind;

static const capsule_kind kinds[] = {
    {ZCG_CAPSULE_FRAME, ZCG_CAPSULE_FRAME_USED, ZCG_NOUN_FRAME},
    {ZCG_CAPSULE_LEASE, ZCG_CAPSULE_LEASE_USED, ZCG_NOUN_LEASE},
};
enum { KIND_COUNT = sizeof kinds / sizeof *kinds };

static uint64_t bits_of(PyObject *capsule, const capsule_kind *kind) {
  return (uint64_t)(uintptr_t)PyCapsule_GetPointer(capsule, kind->name);
}

static void capsule_destroy(PyObject *capsule) {
  PyObject *type, *value, *trace;
  PyErr_Fetch(&type, &value, &trace);
  for (int i = 0; i < KIND_COUNT; i++) {
    const capsule_kind *kind = &kinds[i];
    if (!PyCapsule_IsValid(capsule, kind->name) ||
        PyCapsule_GetContext(capsule) != ZCG_CAPSULE_CONTEXT(kind->noun, ZCG_OWNED))
      continue;
    zcg_frame frame = {bits_of(capsule, kind)};
    zcg_lease lease = {frame.bits};
    if (kind->noun == ZCG_NOUN_FRAME)
      zcg_frame_destroy(&frame, NULL);
    else
      zcg_lease_release(&lease, NULL);
  }
  Py_XDECREF(take_kept(capsule));
  PyErr_Restore(type, value, trace);
}

/* `owner` is kept as long as the capsule. */
static PyObject *capsule_new(const capsule_kind *kind, zcg_ownership ownership, uint64_t bits,
                             PyObject *owner) {
  PyObject *capsule = PyCapsule_New((void *)(uintptr_t)bits, kind->name, capsule_destroy);
  if (!capsule) return NULL;
  PyObject *dict = kept(), *key = dict ? PyLong_FromVoidPtr(capsule) : NULL;
  /* The context value comes last: until it is there, the destructor gives nothing up. */
  if (!key || PyDict_SetItem(dict, key, owner) < 0 ||
      PyCapsule_SetContext(capsule, ZCG_CAPSULE_CONTEXT(kind->noun, ownership)) < 0) {
    if (!PyErr_Occurred())
      PyErr_SetString(PyExc_RuntimeError, "zcgpu: the interpreter is shutting down");
    Py_CLEAR(capsule);
  }
  Py_XDECREF(key);
  return capsule;
}

PyObject *zcg_frame_capsule(zcg_py_frame *self, PyObject *owned) {
  int is_owned = PyObject_IsTrue(owned);
  if (is_owned < 0 || zcg_frame_check(self) < 0) return NULL;
  if (!is_owned) return capsule_new(&kinds[0], ZCG_BORROWED, self->handle.bits, (PyObject *)self);
  zcg_error err;
  zcg_frame another;
  if (zcg_frame_acquire(self->handle, &another, &err) != ZCG_OK)
    return zcg_raise(self->module, &err);
  PyObject *capsule = capsule_new(&kinds[0], ZCG_OWNED, another.bits, self->context);
  if (capsule)
    zcg_trace(self->module, ZCG_NOUN_FRAME, another.bits);
  else
    zcg_frame_destroy(&another, NULL);
  return capsule;
}

PyObject *zcg_lease_capsule(zcg_py_lease *self, PyObject *owned) {
  int is_owned = PyObject_IsTrue(owned);
  if (is_owned < 0 || zcg_lease_check(self) < 0) return NULL;
  if (!is_owned) return capsule_new(&kinds[1], ZCG_BORROWED, self->handle.bits, (PyObject *)self);
  zcg_error err;
  zcg_lease another;
  if (zcg_lease_share(self->handle, &another, &err) != ZCG_OK) return zcg_raise(self->module, &err);
  PyObject *capsule = capsule_new(&kinds[1], ZCG_OWNED, another.bits, self->context);
  if (capsule)
    zcg_trace(self->module, ZCG_NOUN_LEASE, another.bits);
  else
    zcg_lease_release(&another, NULL);
  return capsule;
}

/* -- taking ---------------------------------------------------------------------------- */

/* The kind of a capsule that nobody has taken; NULL with an exception set for anything else. */
static const capsule_kind *kind_of(zcg_module *module, PyObject *capsule) {
  if (!PyCapsule_CheckExact(capsule)) {
    zcg_raise_text(module, ZCG_E_WRONG_TYPE,
                   "a capsule of frame.capsule() or lease.capsule() is wanted, not %R", capsule);
    return NULL;
  }
  const char *name = PyCapsule_GetName(capsule);
  for (int i = 0; name && i < KIND_COUNT; i++) {
    if (strcmp(name, kinds[i].used) == 0) {
      zcg_raise_text(module, ZCG_E_LEASE,
                     "this capsule was taken before: it brings its hold once; make another");
      return NULL;
    }
    void *context = PyCapsule_GetContext(capsule);
    if (strcmp(name, kinds[i].name) == 0 &&
        (context == ZCG_CAPSULE_CONTEXT(kinds[i].noun, ZCG_OWNED) ||
         context == ZCG_CAPSULE_CONTEXT(kinds[i].noun, ZCG_BORROWED)))
      return &kinds[i];
  }
  PyErr_Clear();
  zcg_raise_text(module, ZCG_E_WRONG_TYPE,
                 "this capsule, %R, is not one of zcgpu's, or not made as zcgpu.h tells", capsule);
  return NULL;
}

/* A handle of our own: an owned capsule's, which it gives up, or another on the same hold. */
static zcg_status take_frame(PyObject *capsule, int is_owned, zcg_frame *frame) {
  zcg_frame handle = {bits_of(capsule, &kinds[0])};
  zcg_frame_layout layout;
  *frame = handle;
  return is_owned ? zcg_frame_get_layout(handle, &layout, NULL)
                  : zcg_frame_acquire(handle, frame, NULL);
}

static zcg_status take_lease(PyObject *capsule, int is_owned, zcg_lease *lease) {
  zcg_lease handle = {bits_of(capsule, &kinds[1])};
  zcg_role role;
  *lease = handle;
  return is_owned ? zcg_lease_get_role(handle, &role, NULL) : zcg_lease_share(handle, lease, NULL);
}

/* The context's object, from what the capsule kept; a new one for a capsule of another's making. */
static PyObject *context_of(zcg_module *module, PyObject *owner, zcg_frame frame) {
  if (owner && PyObject_TypeCheck(owner, module->context_type)) return Py_NewRef(owner);
  if (owner && PyObject_TypeCheck(owner, module->frame_type))
    return Py_NewRef(((zcg_py_frame *)owner)->context);
  if (owner && PyObject_TypeCheck(owner, module->lease_type))
    return Py_NewRef(((zcg_py_lease *)owner)->context);
  zcg_error err;
  zcg_context context;
  if (zcg_frame_acquire_context(frame, &context, &err) != ZCG_OK) return zcg_raise(module, &err);
  return zcg_context_wrap(module, context);
}

static PyObject *wrap_frame(zcg_module *module, PyObject *owner, zcg_frame frame) {
  PyObject *context = context_of(module, owner, frame);
  PyObject *object = context ? zcg_frame_wrap(module, frame, context) : NULL;
  if (!context) zcg_frame_destroy(&frame, NULL);
  Py_XDECREF(context);
  return object;
}

static PyObject *wrap_lease(zcg_module *module, PyObject *owner, zcg_lease lease,
                            PyObject *origin) {
  zcg_frame frame;
  zcg_error err;
  PyObject *context = NULL;
  if (zcg_lease_acquire_frame(lease, &frame, &err) == ZCG_OK) {
    context = context_of(module, owner, frame);
    zcg_frame_destroy(&frame, NULL);
  } else {
    zcg_raise(module, &err);
  }
  PyObject *object = context ? zcg_lease_wrap(module, lease, context, origin) : NULL;
  if (!context) zcg_lease_release(&lease, NULL);
  Py_XDECREF(context);
  return object;
}

PyObject *zcg_from_capsule(PyObject *self, PyObject *args) {
  zcg_module *module = PyModule_GetState(self);
  PyObject *capsule, *origin;
  if (!PyArg_ParseTuple(args, "OO:from_capsule", &capsule, &origin)) return NULL;
  const capsule_kind *kind = kind_of(module, capsule);
  if (!kind) return NULL;
  int is_owned = PyCapsule_GetContext(capsule) == ZCG_CAPSULE_CONTEXT(kind->noun, ZCG_OWNED);
  zcg_frame frame;
  zcg_lease lease;
  zcg_status status = kind->noun == ZCG_NOUN_FRAME ? take_frame(capsule, is_owned, &frame)
                                                   : take_lease(capsule, is_owned, &lease);
  if (status != ZCG_OK)
    return zcg_raise_text(module, ZCG_E_WRONG_TYPE,
                          "the handle in this capsule, %R, names nothing that lives: what it "
                          "borrows was given up, or it is forged",
                          capsule);
  /* No Python code ran since the name was looked at: nobody else takes it. */
  PyCapsule_SetName(capsule, kind->used);
  PyObject *owner = take_kept(capsule);
  PyObject *object = kind->noun == ZCG_NOUN_FRAME ? wrap_frame(module, owner, frame)
                                                  : wrap_lease(module, owner, lease, origin);
  Py_XDECREF(owner);
  return object;
}
