#include <stdlib.h>
#include <string.h>

#include "native.h"

/* DLPack's types, as its specification has them: https://dmlc.github.io/dlpack/latest/c_api.html */
enum { DL_CPU = 1, DL_UINT = 1, DL_FLOAT = 2 };
enum { DL_READ_ONLY = 1, DL_IS_COPIED = 2 };

typedef struct {
  void *data;
  int32_t device_type;
  int32_t device_id;
  int32_t ndim;
  uint8_t type_code;
  uint8_t type_bits;
  uint16_t type_lanes;
  int64_t *shape;
  int64_t *strides; /* elements */
  uint64_t byte_offset;
} dl_tensor;

typedef struct dl_legacy {
  dl_tensor tensor;
  void *owner;
  void (*deleter)(struct dl_legacy *self);
} dl_legacy;

typedef struct dl_versioned {
  uint32_t major;
  uint32_t minor;
  void *owner;
  void (*deleter)(struct dl_versioned *self);
  uint64_t flags;
  dl_tensor tensor;
} dl_versioned;

static const char legacy_name[] = "dltensor", versioned_name[] = "dltensor_versioned";

/* What one consumer has: what keeps the pixels, or a copy of them. */
typedef struct {
  uint64_t keep; /* 0 for a copy */
  void (*let_go)(uint64_t keep);
  void *copy;
  int64_t shape[3];
  int64_t strides[3];
  dl_legacy legacy;
  dl_versioned versioned;
} pixel_export;

/* May run on any thread, without the GIL, after all else has ended: no Python here. */
static void export_free(pixel_export *export) {
  if (export->keep) export->let_go(export->keep);
  free(export->copy);
  free(export);
}
static void legacy_delete(dl_legacy *self) { export_free(self->owner); }
static void versioned_delete(dl_versioned *self) { export_free(self->owner); }

/* A consumer renames what it takes: what has its first name yet was taken by nobody. */
static void capsule_destroy(PyObject *capsule) {
  PyObject *type, *value, *trace;
  PyErr_Fetch(&type, &value, &trace);
  if (PyCapsule_IsValid(capsule, legacy_name))
    legacy_delete(PyCapsule_GetPointer(capsule, legacy_name));
  else if (PyCapsule_IsValid(capsule, versioned_name))
    versioned_delete(PyCapsule_GetPointer(capsule, versioned_name));
  PyErr_Restore(type, value, trace);
}

static int major_of(zcg_module *module, PyObject *version) {
  if (version == Py_None) return 0;
  int major = -1, minor;
  if (PyTuple_Check(version) && PyArg_ParseTuple(version, "ii", &major, &minor) && major >= 0)
    return major;
  PyErr_Clear();
  zcg_raise_value(module, ZCG_E_WRONG_TYPE, version, "max_version is (major, minor) or None, not");
  return -1;
}

static int is_memory(zcg_module *module, const char *noun, PyObject *device) {
  int type = DL_CPU, index;
  if (device == Py_None) return 1;
  if (!PyTuple_Check(device) || !PyArg_ParseTuple(device, "ii", &type, &index)) {
    PyErr_Clear();
    zcg_raise_value(module, ZCG_E_WRONG_TYPE, device, "dl_device is (type, index) or None, not");
    return 0;
  }
  if (type == DL_CPU) return 1;
  zcg_raise_value(module, ZCG_E_BAD_BUFFER, device,
                  "a %s's pixels come in memory, device (1, 0), not on device", noun);
  return 0;
}

int zcg_dlpack_wish_from(zcg_module *module, const char *noun, PyObject *args, PyObject *kwargs,
                         zcg_dlpack_wish *wish) {
  static char *names[] = {"stream", "max_version", "dl_device", "copy", NULL};
  PyObject *stream = Py_None, *version = Py_None, *device = Py_None, *copy = Py_None;
  if (!PyArg_ParseTupleAndKeywords(args, kwargs, "|$OOOO:__dlpack__", names, &stream, &version,
                                   &device, &copy))
    return -1;
  if (stream != Py_None) {
    zcg_raise_value(module, ZCG_E_INVALID_ARGUMENT, stream,
                    "a %s's pixels come in memory, where stream is None, not", noun);
    return -1;
  }
  int major = major_of(module, version);
  int asks_copy = copy == Py_None ? 0 : PyObject_IsTrue(copy);
  if (major < 0 || asks_copy < 0 || !is_memory(module, noun, device)) return -1;
  wish->is_versioned = major >= 1;
  /* An older consumer cannot be told that it may not write: it gets pixels of its own. */
  wish->is_copy = asks_copy || !wish->is_versioned;
  if (wish->is_copy && copy != Py_None && !asks_copy) {
    zcg_raise_text(module, ZCG_E_BAD_BUFFER,
                   "a consumer of DLPack before 1.0 cannot be told that a %s's pixels are "
                   "read-only: it takes a copy, or max_version=(1, 0)",
                   noun);
    return -1;
  }
  return 0;
}

/* A copy that starts where DLPack wants it, without gaps between rows. */
static void *copy_of(const zcg_tensor *tensor) {
  const size_t alignment = 256;
  const size_t row = (size_t)(tensor->shape[1] * tensor->strides[1]);
  const size_t length = row * (size_t)tensor->shape[0];
  char *copy = aligned_alloc(alignment, (length + alignment - 1) / alignment * alignment);
  for (Py_ssize_t y = 0; copy && y < tensor->shape[0]; y++)
    memcpy(copy + row * (size_t)y, (const char *)tensor->data + tensor->strides[0] * y, row);
  return copy;
}

static pixel_export *export_new(const zcg_tensor *tensor, int is_copy) {
  pixel_export *export = calloc(1, sizeof *export);
  if (export && is_copy) {
    export->copy = copy_of(tensor);
    if (!export->copy) {
      free(export);
      export = NULL;
    }
  }
  if (!export || is_copy)
    tensor->let_go(tensor->keep);
  else {
    export->keep = tensor->keep;
    export->let_go = tensor->let_go;
  }
  return export;
}

PyObject *zcg_dlpack_export(const zcg_tensor *tensor, zcg_dlpack_wish wish) {
  pixel_export *export;
  Py_BEGIN_ALLOW_THREADS;
  export = export_new(tensor, wish.is_copy);
  Py_END_ALLOW_THREADS;
  if (!export) return PyErr_NoMemory();
  for (int i = 0; i < tensor->ndim; i++) {
    export->shape[i] = tensor->shape[i];
    export->strides[i] = tensor->strides[i] / tensor->item;
  }
  if (export->copy) export->strides[0] = export->shape[1] * export->strides[1];
  dl_tensor shown = {
      .data = export->copy ? export->copy : (void *)tensor->data,
      .device_type = DL_CPU,
      .ndim = tensor->ndim,
      .type_code = tensor->is_float ? DL_FLOAT : DL_UINT,
      .type_bits = (uint8_t)(tensor->item * 8),
      .type_lanes = 1,
      .shape = export->shape,
      .strides = export->strides,
  };
  export->legacy = (dl_legacy){shown, export, legacy_delete};
  export->versioned = (dl_versioned){
      1, 0, export, versioned_delete, wish.is_copy ? DL_IS_COPIED : DL_READ_ONLY, shown};
  PyObject *capsule = wish.is_versioned
                          ? PyCapsule_New(&export->versioned, versioned_name, capsule_destroy)
                          : PyCapsule_New(&export->legacy, legacy_name, capsule_destroy);
  if (!capsule) export_free(export);
  return capsule;
}

PyObject *zcg_dlpack_memory(PyObject *self, PyObject *unused) {
  return Py_BuildValue("(ii)", DL_CPU, 0);
}

static void unmap(uint64_t mapping) { zcg_frame_unmap(mapping, NULL); }

PyObject *zcg_frame_dlpack(zcg_py_frame *self, PyObject *args, PyObject *kwargs) {
  zcg_dlpack_wish wish;
  zcg_mapping mapping;
  if (zcg_dlpack_wish_from(self->module, "frame", args, kwargs, &wish) < 0 ||
      zcg_mapping_take(self, &mapping) < 0)
    return NULL;
  zcg_tensor tensor = {.keep = mapping.id,
                       .let_go = unmap,
                       .data = mapping.data,
                       .ndim = mapping.ndim,
                       .item = (int)mapping.element->size,
                       .is_float = mapping.element->size == 4};
  memcpy(tensor.shape, mapping.shape, sizeof tensor.shape);
  memcpy(tensor.strides, mapping.strides, sizeof tensor.strides);
  return zcg_dlpack_export(&tensor, wish);
}
