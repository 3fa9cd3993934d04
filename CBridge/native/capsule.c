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

/* One kind of capsule, and what is done with handles of it. */
typedef struct {
  const char *name;
  const char *used;
  zcg_noun noun;
  zcg_status (*share)(uint64_t bits, uint64_t *another, zcg_error *err);
  void (*drop)(uint64_t bits);
} capsule_kind;

static zcg_status share_frame(uint64_t bits, uint64_t *another, zcg_error *err) {
  zcg_frame made;
  zcg_status status = zcg_frame_acquire((zcg_frame){bits}, &made, err);
  if (status == ZCG_OK) *another = made.bits;
  return status;
}

static void drop_frame(uint64_t bits) {
  zcg_frame frame = {bits};
  zcg_frame_destroy(&frame, NULL);
}

static zcg_status share_lease(uint64_t bits, uint64_t *another, zcg_error *err) {
  zcg_lease made;
  zcg_status status = zcg_lease_share((zcg_lease){bits}, &made, err);
  if (status == ZCG_OK) *another = made.bits;
  return status;
}

static void drop_lease(uint64_t bits) {
  zcg_lease lease = {bits};
  zcg_lease_release(&lease, NULL);
}

static zcg_status share_video_frame(uint64_t bits, uint64_t *another, zcg_error *err) {
  zcg_video_frame made;
  zcg_status status = zcg_video_frame_acquire((zcg_video_frame){bits}, &made, err);
  if (status == ZCG_OK) *another = made.bits;
  return status;
}

static void drop_video_frame(uint64_t bits) {
  zcg_video_frame frame = {bits};
  zcg_video_frame_destroy(&frame, NULL);
}

enum { FRAME, LEASE, VIDEO_FRAME, KIND_COUNT };
static const capsule_kind kinds[KIND_COUNT] = {
    [FRAME] = {ZCG_CAPSULE_FRAME, ZCG_CAPSULE_FRAME_USED, ZCG_NOUN_FRAME, share_frame, drop_frame},
    [LEASE] = {ZCG_CAPSULE_LEASE, ZCG_CAPSULE_LEASE_USED, ZCG_NOUN_LEASE, share_lease, drop_lease},
    [VIDEO_FRAME] = {ZCG_CAPSULE_VIDEO_FRAME, ZCG_CAPSULE_VIDEO_FRAME_USED, ZCG_NOUN_VIDEO_FRAME,
                     share_video_frame, drop_video_frame},
};

static uint64_t bits_of(PyObject *capsule, const capsule_kind *kind) {
  return (uint64_t)(uintptr_t)PyCapsule_GetPointer(capsule, kind->name);
}

static void capsule_destroy(PyObject *capsule) {
  PyObject *type, *value, *trace;
  PyErr_Fetch(&type, &value, &trace);
  for (int i = 0; i < KIND_COUNT; i++) {
    const capsule_kind *kind = &kinds[i];
    if (PyCapsule_IsValid(capsule, kind->name) &&
        PyCapsule_GetContext(capsule) == ZCG_CAPSULE_CONTEXT(kind->noun, ZCG_OWNED))
      kind->drop(bits_of(capsule, kind));
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

/* The capsule of an object's handle: lent, or another on the same hold, and then it keeps the
 * context alone. */
static PyObject *capsule_of(zcg_module *module, const capsule_kind *kind, uint64_t bits,
                            int is_owned, PyObject *object, PyObject *context) {
  if (!is_owned) return capsule_new(kind, ZCG_BORROWED, bits, object);
  zcg_error err;
  uint64_t another;
  if (kind->share(bits, &another, &err) != ZCG_OK) return zcg_raise(module, &err);
  PyObject *capsule = capsule_new(kind, ZCG_OWNED, another, context);
  if (capsule)
    zcg_trace(module, kind->noun, another);
  else
    kind->drop(another);
  return capsule;
}

PyObject *zcg_frame_capsule(zcg_py_frame *self, PyObject *owned) {
  int is_owned = PyObject_IsTrue(owned);
  if (is_owned < 0 || zcg_frame_check(self) < 0) return NULL;
  return capsule_of(self->module, &kinds[FRAME], self->handle.bits, is_owned, (PyObject *)self,
                    self->context);
}

PyObject *zcg_lease_capsule(zcg_py_lease *self, PyObject *owned) {
  int is_owned = PyObject_IsTrue(owned);
  if (is_owned < 0 || zcg_lease_check(self) < 0) return NULL;
  return capsule_of(self->module, &kinds[LEASE], self->handle.bits, is_owned, (PyObject *)self,
                    self->context);
}

PyObject *zcg_video_frame_capsule(zcg_py_video_frame *self, PyObject *owned) {
  int is_owned = PyObject_IsTrue(owned);
  if (is_owned < 0 || zcg_video_frame_check(self) < 0) return NULL;
  return capsule_of(self->module, &kinds[VIDEO_FRAME], self->handle.bits, is_owned,
                    (PyObject *)self, self->context);
}

/* -- taking ---------------------------------------------------------------------------- */

/* The kind of a capsule that nobody has taken; NULL with an exception set for anything else. */
static const capsule_kind *kind_of(zcg_module *module, PyObject *capsule) {
  if (!PyCapsule_CheckExact(capsule)) {
    zcg_raise_value(module, ZCG_E_WRONG_TYPE, capsule,
                    "a capsule of frame.capsule() or lease.capsule() is wanted, not");
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

/* The context's object, or None of a video without one, from what a capsule kept; NULL for a
 * capsule of another's making. Borrowed. */
static PyObject *kept_context(zcg_module *module, PyObject *owner) {
  if (!owner) return NULL;
  if (owner == Py_None || PyObject_TypeCheck(owner, module->context_type)) return owner;
  if (PyObject_TypeCheck(owner, module->frame_type)) return ((zcg_py_frame *)owner)->context;
  if (PyObject_TypeCheck(owner, module->lease_type)) return ((zcg_py_lease *)owner)->context;
  if (PyObject_TypeCheck(owner, module->video_frame_type))
    return ((zcg_py_video_frame *)owner)->context;
  return NULL;
}

/* A new object for the context that a frame lives in. */
static PyObject *context_of(zcg_module *module, zcg_frame frame) {
  zcg_error err;
  zcg_context context;
  if (zcg_frame_acquire_context(frame, &context, &err) != ZCG_OK) return zcg_raise(module, &err);
  return zcg_context_wrap(module, context);
}

/* The same for what a lease holds; None for a video's frame, which lives in none. */
static PyObject *context_of_lease(zcg_module *module, zcg_lease lease) {
  zcg_error err;
  zcg_noun noun;
  zcg_frame frame;
  if (zcg_lease_get_noun(lease, &noun, &err) != ZCG_OK) return zcg_raise(module, &err);
  if (noun == ZCG_NOUN_VIDEO_FRAME) return Py_NewRef(Py_None);
  if (zcg_lease_acquire_frame(lease, &frame, &err) != ZCG_OK) return zcg_raise(module, &err);
  PyObject *context = context_of(module, frame);
  zcg_frame_destroy(&frame, NULL);
  return context;
}

/* An object for a handle, which it takes over, also on failure. */
static PyObject *wrap(zcg_module *module, const capsule_kind *kind, uint64_t bits, PyObject *owner,
                      PyObject *origin) {
  PyObject *context = Py_XNewRef(kept_context(module, owner));
  if (!context)
    context = kind->noun == ZCG_NOUN_FRAME   ? context_of(module, (zcg_frame){bits})
              : kind->noun == ZCG_NOUN_LEASE ? context_of_lease(module, (zcg_lease){bits})
                                             : Py_NewRef(Py_None);
  PyObject *object = NULL;
  if (!context)
    kind->drop(bits);
  else if (kind->noun == ZCG_NOUN_FRAME)
    object = zcg_frame_wrap(module, (zcg_frame){bits}, context);
  else if (kind->noun == ZCG_NOUN_LEASE)
    object = zcg_lease_wrap(module, (zcg_lease){bits}, context, origin);
  else
    object = zcg_video_frame_wrap(module, (zcg_video_frame){bits}, context);
  Py_XDECREF(context);
  return object;
}

PyObject *zcg_from_capsule(PyObject *self, PyObject *args) {
  zcg_module *module = PyModule_GetState(self);
  PyObject *capsule, *origin;
  if (!PyArg_ParseTuple(args, "OO:from_capsule", &capsule, &origin)) return NULL;
  const capsule_kind *kind = kind_of(module, capsule);
  if (!kind) return NULL;
  uint64_t bits = bits_of(capsule, kind), taken;
  if (kind->share(bits, &taken, NULL) != ZCG_OK)
    return zcg_raise_text(module, ZCG_E_WRONG_TYPE,
                          "the handle in this capsule, %R, names nothing that lives: what it "
                          "borrows was given up, or it is forged",
                          capsule);
  if (PyCapsule_GetContext(capsule) == ZCG_CAPSULE_CONTEXT(kind->noun, ZCG_OWNED)) {
    kind->drop(taken); /* it lives, and the handle that the capsule brings is ours now */
    taken = bits;
  }
  /* No Python code ran since the name was looked at: nobody else takes it. */
  PyCapsule_SetName(capsule, kind->used);
  PyObject *owner = take_kept(capsule);
  PyObject *object = wrap(module, kind, taken, owner, origin);
  Py_XDECREF(owner);
  return object;
}
