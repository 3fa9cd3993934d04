/* average: the mean colour of zcgpu's frames. An extension of another author than zcgpu's, which
 * takes frames and leases by capsule and reads them through zcgpu.h. docs/capsules.md tells how it
 * is built. */
#define PY_SSIZE_T_CLEAN
#define Py_LIMITED_API 0x030B0000
#include <Python.h>

#include <stdio.h>
#include <zcgpu.h>

/* What a capsule gives for the time of one call. */
typedef struct {
  zcg_frame frame;
  int is_ours; /* to be destroyed at the end */
} given;

static void *raise(zcg_error *err) {
  PyErr_Format(PyExc_RuntimeError, "zcgpu says %d: %s", err->code, err->message);
  zcg_text_destroy(&err->detail, NULL);
  return NULL;
}

static uint64_t bits_of(PyObject *capsule, const char *name) {
  return (uint64_t)(uintptr_t)PyCapsule_GetPointer(capsule, name);
}

/* A lease has no pixels itself: a frame of what it holds has. */
static int frame_of_lease(zcg_lease lease, given *given) {
  zcg_error err;
  given->is_ours = 1;
  if (zcg_lease_acquire_frame(lease, &given->frame, &err) == ZCG_OK) return 0;
  raise(&err);
  return -1;
}

/* An owned capsule is taken: renamed, so that nobody takes it again, and its handle is ours. A
 * borrowed one lends its handle as long as it lives, and our caller holds it. */
static int take(PyObject *capsule, given *given) {
  void *context =
      PyCapsule_IsValid(capsule, ZCG_CAPSULE_FRAME) || PyCapsule_IsValid(capsule, ZCG_CAPSULE_LEASE)
          ? PyCapsule_GetContext(capsule)
          : NULL;
  given->is_ours = 0;
  if (context == ZCG_CAPSULE_CONTEXT(ZCG_NOUN_FRAME, ZCG_BORROWED)) {
    given->frame.bits = bits_of(capsule, ZCG_CAPSULE_FRAME);
    return 0;
  }
  if (context == ZCG_CAPSULE_CONTEXT(ZCG_NOUN_FRAME, ZCG_OWNED)) {
    given->frame.bits = bits_of(capsule, ZCG_CAPSULE_FRAME);
    given->is_ours = 1;
    return PyCapsule_SetName(capsule, ZCG_CAPSULE_FRAME_USED);
  }
  if (context == ZCG_CAPSULE_CONTEXT(ZCG_NOUN_LEASE, ZCG_BORROWED)) {
    zcg_lease lease = {bits_of(capsule, ZCG_CAPSULE_LEASE)};
    return frame_of_lease(lease, given);
  }
  if (context == ZCG_CAPSULE_CONTEXT(ZCG_NOUN_LEASE, ZCG_OWNED)) {
    zcg_lease lease = {bits_of(capsule, ZCG_CAPSULE_LEASE)};
    if (PyCapsule_SetName(capsule, ZCG_CAPSULE_LEASE_USED) < 0) return -1;
    int result = frame_of_lease(lease, given);
    zcg_lease_release(&lease, NULL);
    return result;
  }
  PyErr_SetString(PyExc_TypeError, "a capsule of frame.capsule() or lease.capsule() is wanted, "
                                   "which nobody has taken");
  return -1;
}

static zcg_status sum(zcg_frame frame, double sums[4], double *count, zcg_error *err) {
  zcg_frame_layout layout;
  const void *data;
  size_t length;
  uint64_t mapping;
  zcg_status status = zcg_frame_get_layout(frame, &layout, err);
  if (status == ZCG_OK && layout.format != ZCG_FORMAT_RGBA8 &&
      layout.format != ZCG_FORMAT_RGBA32F) {
    *err = (zcg_error){.code = ZCG_E_WRONG_TYPE};
    snprintf(err->message, sizeof err->message, "a plane of a video has no four components");
    return ZCG_E_WRONG_TYPE;
  }
  if (status == ZCG_OK) status = zcg_frame_map(frame, &data, &length, &mapping, err);
  if (status != ZCG_OK) return status;
  *count = (double)layout.width * layout.height;
  size_t components = (size_t)layout.width * (size_t)layout.height * 4;
  for (size_t i = 0; i < components; i++)
    sums[i % 4] += layout.format == ZCG_FORMAT_RGBA8 ? ((const uint8_t *)data)[i] / 255.0
                                                     : ((const float *)data)[i];
  return zcg_frame_unmap(mapping, err);
}

/* mean(capsule) -> (red, green, blue, alpha), each 0 to 1 */
static PyObject *mean(PyObject *self, PyObject *capsule) {
  given given;
  if (take(capsule, &given) < 0) return NULL;
  zcg_error err;
  zcg_status status;
  double sums[4] = {0}, count = 1;
  Py_BEGIN_ALLOW_THREADS; /* the GPU may have to finish first */
  status = sum(given.frame, sums, &count, &err);
  if (given.is_ours) zcg_frame_destroy(&given.frame, NULL);
  Py_END_ALLOW_THREADS;
  if (status != ZCG_OK) return raise(&err);
  return Py_BuildValue("(dddd)", sums[0] / count, sums[1] / count, sums[2] / count,
                       sums[3] / count);
}

static void give_up(PyObject *capsule) {
  if (!PyCapsule_IsValid(capsule, ZCG_CAPSULE_FRAME)) return; /* somebody took it */
  zcg_frame frame = {bits_of(capsule, ZCG_CAPSULE_FRAME)};
  zcg_frame_destroy(&frame, NULL);
}

/* share(capsule) -> an owned capsule of our own making, with a hold of its own on the same frame */
static PyObject *share(PyObject *self, PyObject *capsule) {
  given given;
  zcg_error err;
  if (take(capsule, &given) < 0) return NULL;
  if (!given.is_ours) {
    if (zcg_frame_acquire(given.frame, &given.frame, &err) != ZCG_OK) return raise(&err);
  }
  void *bits = (void *)(uintptr_t)given.frame.bits;
  PyObject *made = PyCapsule_New(bits, ZCG_CAPSULE_FRAME, give_up);
  if (!made)
    zcg_frame_destroy(&given.frame, NULL);
  else
    PyCapsule_SetContext(made, ZCG_CAPSULE_CONTEXT(ZCG_NOUN_FRAME, ZCG_OWNED));
  return made;
}

static PyMethodDef methods[] = {
    {"mean", mean, METH_O, "The mean colour of a capsule's frame: four numbers, 0 to 1."},
    {"share", share, METH_O, "A capsule of one's own for the same frame."},
    {0},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "average",
    .m_doc = "The mean colour of zcgpu's frames.",
    .m_methods = methods,
};

PyMODINIT_FUNC PyInit_average(void) {
  if (zcg_abi_version() != ZCG_ABI_VERSION) {
    PyErr_Format(PyExc_ImportError, "average was built for ABI %u of zcgpu, which is at %u",
                 ZCG_ABI_VERSION, zcg_abi_version());
    return NULL;
  }
  return PyModule_Create(&definition);
}
