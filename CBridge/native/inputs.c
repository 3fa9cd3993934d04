#include "native.h"

/* {name: index} of a scene that is not reloaded meanwhile; if it is, anything or a failure. */
static PyObject *names_of(zcg_scene scene, zcg_module *module, zcg_error *err) {
  uint32_t count = 0;
  PyObject *names = NULL;
  if (zcg_scene_get_input_count(scene, &count, err) != ZCG_OK) return NULL;
  if (!(names = PyDict_New())) return NULL;
  for (uint32_t i = 0; i < count; i++) {
    zcg_text text;
    if (zcg_scene_get_input_name(scene, i, &text, err) != ZCG_OK) goto fail;
    PyObject *name = zcg_take_text(module, text);
    PyObject *index = PyLong_FromUnsignedLong(i);
    int failed = !name || !index || PyDict_SetItem(names, name, index) < 0;
    Py_XDECREF(name);
    Py_XDECREF(index);
    if (failed) goto fail;
  }
  return names;
fail:
  Py_DECREF(names);
  return NULL;
}

/* Names and edition of one moment. 0, or -1 with an exception set. */
static int read_names(zcg_py_inputs *self) {
  for (;;) {
    uint32_t before, after;
    zcg_error err = {0};
    zcg_scene scene = self->scene;
    if (zcg_scene_get_edition(scene, &before, &err) != ZCG_OK) goto fail;
    PyObject *names = names_of(scene, self->module, &err);
    if (zcg_scene_get_edition(scene, &after, NULL) == ZCG_OK && before != after) {
      zcg_text_destroy(&err.detail, NULL);
      PyErr_Clear();
      Py_XDECREF(names);
      continue;
    }
    if (!names) goto fail;
    PyObject *old = self->names;
    self->names = names;
    self->edition = before;
    Py_XDECREF(old);
    return 0;
  fail:
    if (!PyErr_Occurred()) zcg_raise(self->module, &err);
    return -1;
  }
}

int zcg_inputs_renew(zcg_py_inputs *self) {
  uint32_t edition;
  if (zcg_scene_get_edition(self->scene, &edition, NULL) != ZCG_OK) return 0;
  if (edition == self->edition) return 0;
  return read_names(self) < 0 ? -1 : 1;
}

int zcg_inputs_retry(zcg_py_inputs *self, const zcg_value *values, uint32_t count, zcg_error *err) {
  int is_stale = 0;
  if (zcg_inputs_renew(self) < 0) {
    zcg_text_destroy(&err->detail, NULL);
    return -1;
  }
  for (uint32_t i = 0; i < count; i++)
    is_stale |= values[i].edition != self->edition;
  if (!is_stale) {
    zcg_raise(self->module, err);
    return -1;
  }
  zcg_text_destroy(&err->detail, NULL);
  return 1;
}

PyObject *zcg_inputs_wrap(zcg_module *module, zcg_scene scene, PyObject *context) {
  PyTypeObject *type =
      zcg_lazy_type(&module->public_inputs, "zcgpu.inputs", "Inputs", module->inputs_type);
  zcg_py_inputs *self =
      type ? (zcg_py_inputs *)((allocfunc)PyType_GetSlot(type, Py_tp_alloc))(type, 0) : NULL;
  if (!self) {
    zcg_scene_destroy(&scene, NULL);
    return NULL;
  }
  self->module = module;
  self->scene = scene;
  self->context = Py_NewRef(context);
  if (read_names(self) < 0) {
    Py_DECREF(self);
    return NULL;
  }
  zcg_trace(module, ZCG_NOUN_SCENE, scene.bits);
  return (PyObject *)self;
}

/* What only a cycle keeps, a subclass's attributes say, shall be found. */
static int inputs_traverse(zcg_py_inputs *self, visitproc visit, void *arg) {
  Py_VISIT(Py_TYPE((PyObject *)self));
  Py_VISIT(self->context);
  Py_VISIT(self->names);
  return 0;
}

static void inputs_dealloc(zcg_py_inputs *self) {
  PyObject_GC_UnTrack(self);
  PyTypeObject *type = Py_TYPE((PyObject *)self);
  zcg_scene_destroy(&self->scene, NULL);
  Py_CLEAR(self->names);
  Py_CLEAR(self->context);
  freefunc release = (freefunc)PyType_GetSlot(type, Py_tp_free);
  release(self);
  Py_DECREF(type);
}

/* The names, as they are now. A new reference, or NULL with an exception set. */
static PyObject *names_now(zcg_py_inputs *self) {
  return zcg_inputs_renew(self) < 0 ? NULL : Py_NewRef(self->names);
}

static Py_ssize_t inputs_length(zcg_py_inputs *self) {
  return zcg_inputs_renew(self) < 0 ? -1 : PyDict_Size(self->names);
}

static int inputs_set(zcg_py_inputs *self, PyObject *name, PyObject *object) {
  if (!object) {
    zcg_raise_text(self->module, ZCG_E_INVALID_ARGUMENT,
                   "an input cannot be deleted; set it to None for its default");
    return -1;
  }
  zcg_value value;
  PyObject *keep;
  zcg_error err;
  if (zcg_value_from(self, name, object, &value, &keep) < 0) return -1;
  zcg_status status;
  do {
    status = zcg_scene_set_value(self->scene, &value, &err);
  } while (status != ZCG_OK && zcg_inputs_retry(self, &value, 1, &err) > 0 &&
           zcg_value_find(self, name, &value) == 0);
  Py_XDECREF(keep);
  return status == ZCG_OK ? 0 : -1;
}

static PyObject *python_from(zcg_py_inputs *self, const zcg_value *value) {
  switch (value->kind) {
    case ZCG_KIND_BOOL: return PyBool_FromLong(value->integer != 0);
    case ZCG_KIND_INTEGER: return PyLong_FromLongLong(value->integer);
    case ZCG_KIND_REAL: return PyFloat_FromDouble(value->number[0]);
    case ZCG_KIND_VECTOR:
      if (value->count == 2) return Py_BuildValue("(dd)", value->number[0], value->number[1]);
      if (value->count == 3)
        return Py_BuildValue("(ddd)", value->number[0], value->number[1], value->number[2]);
      return Py_BuildValue("(dddd)", value->number[0], value->number[1], value->number[2],
                           value->number[3]);
    case ZCG_KIND_FRAME: return zcg_frame_wrap(self->module, value->frame, self->context);
    case ZCG_KIND_AUDIO: return zcg_audio_wrap(self->module, value->audio);
    case ZCG_KIND_VIDEO: return zcg_video_wrap(self->module, value->video, self->context);
    default: Py_RETURN_NONE;
  }
}

/* The value of an input of an edition: 1 with *result, 0 where the scene is in another now, or -1
 * with an exception set. */
static int value_at(zcg_py_inputs *self, uint32_t input, uint32_t edition, PyObject **result) {
  zcg_value value = {.edition = edition};
  zcg_error err;
  if (!self->scene.bits) {
    zcg_raise_text(self->module, ZCG_E_CLOSED, "this scene is closed");
    return -1;
  }
  if (zcg_scene_get_value(self->scene, input, &value, &err) != ZCG_OK)
    return zcg_inputs_retry(self, &value, 1, &err) < 0 ? -1 : 0;
  if (value.edition != edition) {
    zcg_frame_destroy(&value.frame, NULL);
    zcg_audio_destroy(&value.audio, NULL);
    zcg_video_destroy(&value.video, NULL);
    return zcg_inputs_renew(self) < 0 ? -1 : 0;
  }
  *result = python_from(self, &value);
  return *result ? 1 : -1;
}

static PyObject *inputs_get(zcg_py_inputs *self, PyObject *name) {
  for (;;) {
    zcg_value value;
    PyObject *keep, *result;
    if (zcg_value_from(self, name, Py_None, &value, &keep) < 0) return NULL;
    int found = value_at(self, value.input, value.edition, &result);
    if (found) return found < 0 ? NULL : result;
  }
}

static int inputs_contains(zcg_py_inputs *self, PyObject *name) {
  PyObject *names = names_now(self);
  int known = names ? PyDict_Contains(names, name) : -1;
  Py_XDECREF(names);
  return known;
}

/* Goes over the names that there are now: a reload makes another dict. */
static PyObject *inputs_iter(zcg_py_inputs *self) {
  PyObject *names = names_now(self);
  PyObject *iterator = names ? PyObject_GetIter(names) : NULL;
  Py_XDECREF(names);
  return iterator;
}

static PyObject *inputs_keys(zcg_py_inputs *self, PyObject *unused) {
  PyObject *names = names_now(self);
  PyObject *keys = names ? PyDict_Keys(names) : NULL;
  Py_XDECREF(names);
  return keys;
}

/* [(name, value)], or [value] when `values_only`, all of one edition. */
static PyObject *list_of(zcg_py_inputs *self, int values_only) {
  for (;;) {
    PyObject *now = names_now(self);
    uint32_t edition = self->edition;
    PyObject *names = now ? PyDict_Keys(now) : NULL, *list = PyList_New(0);
    Py_XDECREF(now);
    int found = names && list ? 1 : -1;
    for (Py_ssize_t i = 0; found > 0 && i < PyList_Size(names); i++) {
      PyObject *item;
      found = value_at(self, (uint32_t)i, edition, &item);
      if (found <= 0) break;
      if (!values_only) {
        PyObject *pair = PyTuple_Pack(2, PyList_GetItem(names, i), item);
        Py_DECREF(item);
        item = pair;
      }
      if (!item || PyList_Append(list, item) < 0) found = -1;
      Py_XDECREF(item);
    }
    Py_XDECREF(names);
    if (found > 0) return list;
    Py_XDECREF(list);
    if (found < 0) return NULL;
  }
}

static PyObject *inputs_items(zcg_py_inputs *self, PyObject *unused) { return list_of(self, 0); }

static PyObject *inputs_values(zcg_py_inputs *self, PyObject *unused) { return list_of(self, 1); }

static PyObject *inputs_update(zcg_py_inputs *self, PyObject *mapping) {
  zcg_py_values values;
  zcg_error err;
  if (zcg_values_from(self, mapping, &values) < 0) return NULL;
  zcg_status status = ZCG_OK;
  do {
    if (values.count > 0)
      status = zcg_scene_set_values(self->scene, values.values, values.count, &err);
  } while (status != ZCG_OK && zcg_values_retry(self, &values, &err) > 0);
  zcg_values_release(&values);
  if (status != ZCG_OK) return NULL;
  Py_RETURN_NONE;
}

static PyObject *inputs_repr(zcg_py_inputs *self) {
  PyObject *items = list_of(self, 0);
  if (!items) return NULL;
  PyObject *values = PyDict_New();
  int failed = !values || PyDict_MergeFromSeq2(values, items, 1) < 0;
  Py_DECREF(items);
  PyObject *text = failed ? NULL : PyUnicode_FromFormat("<zcgpu.Inputs %R>", values);
  Py_XDECREF(values);
  return text;
}

static PyObject *inputs_get_or(zcg_py_inputs *self, PyObject *const *args, Py_ssize_t count) {
  if (count < 1 || count > 2) return PyErr_Format(PyExc_TypeError, "get(name, default=None)");
  int known = inputs_contains(self, args[0]);
  if (known < 0) return NULL;
  if (known) return inputs_get(self, args[0]);
  return Py_NewRef(count == 2 ? args[1] : Py_None);
}

static PyObject *inputs_describe(zcg_py_inputs *self, PyObject *unused) {
  zcg_error err;
  zcg_text json;
  if (!self->scene.bits) return zcg_raise_text(self->module, ZCG_E_CLOSED, "this scene is closed");
  if (zcg_scene_describe(self->scene, &json, &err) != ZCG_OK) return zcg_raise(self->module, &err);
  return zcg_take_text(self->module, json);
}

static PyMethodDef inputs_methods[] = {
    {"_describe", (PyCFunction)inputs_describe, METH_NOARGS, "The scene's description, as JSON."},
    {"get", (PyCFunction)(void (*)(void))inputs_get_or, METH_FASTCALL,
     "The value of an input, or a default where there is none of that name."},
    {"keys", (PyCFunction)inputs_keys, METH_NOARGS, "The names, in the header's order."},
    {"values", (PyCFunction)inputs_values, METH_NOARGS, "The values, in the header's order."},
    {"items", (PyCFunction)inputs_items, METH_NOARGS, "(name, value) pairs."},
    {"update", (PyCFunction)inputs_update, METH_O,
     "Set several inputs from a mapping: all of them, or none."},
    {0},
};

static PyType_Slot inputs_slots[] = {
    {Py_tp_dealloc, inputs_dealloc},
    {Py_tp_traverse, inputs_traverse},
    {Py_tp_repr, inputs_repr},
    {Py_tp_iter, inputs_iter},
    {Py_tp_methods, inputs_methods},
    {Py_mp_length, inputs_length},
    {Py_mp_subscript, inputs_get},
    {Py_mp_ass_subscript, inputs_set},
    {Py_sq_contains, inputs_contains},
    {Py_tp_doc, "The values of a scene's inputs: a mapping from names to values."},
    {0, NULL},
};

PyType_Spec zcg_inputs_spec = {
    .name = "zcgpu._native.Inputs",
    .basicsize = sizeof(zcg_py_inputs),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE |
             Py_TPFLAGS_DISALLOW_INSTANTIATION,
    .slots = inputs_slots,
};
