#include "native.h"

PyObject *zcg_inputs_wrap(zcg_module *module, zcg_scene scene, PyObject *context) {
  zcg_py_inputs *self = PyObject_GC_New(zcg_py_inputs, module->inputs_type);
  if (!self) {
    zcg_scene_destroy(&scene, NULL);
    return NULL;
  }
  self->module = module;
  self->scene = scene;
  self->context = Py_NewRef(context);
  self->names = PyDict_New();
  zcg_error err;
  uint32_t count = 0;
  if (!self->names) goto fail;
  if (zcg_scene_get_input_count(scene, &count, &err) != ZCG_OK) {
    zcg_raise(module, &err);
    goto fail;
  }
  for (uint32_t i = 0; i < count; i++) {
    zcg_text text;
    if (zcg_scene_get_input_name(scene, i, &text, &err) != ZCG_OK) {
      zcg_raise(module, &err);
      goto fail;
    }
    PyObject *name = zcg_take_text(module, text);
    PyObject *index = PyLong_FromUnsignedLong(i);
    int failed = !name || !index || PyDict_SetItem(self->names, name, index) < 0;
    Py_XDECREF(name);
    Py_XDECREF(index);
    if (failed) goto fail;
  }
  zcg_trace(module, ZCG_NOUN_SCENE, scene.bits);
  PyObject_GC_Track(self);
  return (PyObject *)self;
fail:
  Py_DECREF(self);
  return NULL;
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
  PyObject_GC_Del(self);
  Py_DECREF(type);
}

static Py_ssize_t inputs_length(zcg_py_inputs *self) { return PyDict_Size(self->names); }

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
  zcg_status status = zcg_scene_set_value(self->scene, &value, &err);
  Py_XDECREF(keep);
  if (status == ZCG_OK) return 0;
  zcg_raise(self->module, &err);
  return -1;
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
    default: Py_RETURN_NONE;
  }
}

static PyObject *inputs_get(zcg_py_inputs *self, PyObject *name) {
  zcg_value value;
  PyObject *keep;
  zcg_error err;
  if (zcg_value_from(self, name, Py_None, &value, &keep) < 0) return NULL;
  if (zcg_scene_get_value(self->scene, value.input, &value, &err) != ZCG_OK)
    return zcg_raise(self->module, &err);
  return python_from(self, &value);
}

static int inputs_contains(zcg_py_inputs *self, PyObject *name) {
  return PyDict_Contains(self->names, name);
}

static PyObject *inputs_iter(zcg_py_inputs *self) { return PyObject_GetIter(self->names); }

static PyObject *inputs_keys(zcg_py_inputs *self, PyObject *unused) {
  return PyDict_Keys(self->names);
}

/* [(name, value)], or [value] when `values_only`. */
static PyObject *list_of(zcg_py_inputs *self, int values_only) {
  PyObject *names = PySequence_Tuple(self->names), *list = PyList_New(0);
  int failed = !names || !list;
  for (Py_ssize_t i = 0; !failed && i < PyTuple_Size(names); i++) {
    PyObject *name = PyTuple_GetItem(names, i);
    PyObject *item = inputs_get(self, name);
    if (item && !values_only) {
      PyObject *pair = PyTuple_Pack(2, name, item);
      Py_DECREF(item);
      item = pair;
    }
    failed = !item || PyList_Append(list, item) < 0;
    Py_XDECREF(item);
  }
  Py_XDECREF(names);
  if (failed) Py_CLEAR(list);
  return list;
}

static PyObject *inputs_items(zcg_py_inputs *self, PyObject *unused) { return list_of(self, 0); }

static PyObject *inputs_values(zcg_py_inputs *self, PyObject *unused) { return list_of(self, 1); }

PyObject *zcg_items_of(PyObject *mapping) {
  PyObject *list = PyMapping_Items(mapping);
  PyObject *items = list ? PyList_AsTuple(list) : NULL;
  Py_XDECREF(list);
  return items;
}

static PyObject *inputs_update(zcg_py_inputs *self, PyObject *mapping) {
  PyObject *items = zcg_items_of(mapping);
  if (!items) return NULL;
  Py_ssize_t count = PyTuple_Size(items);
  for (Py_ssize_t i = 0; i < count; i++) {
    PyObject *pair = PyTuple_GetItem(items, i);
    if (!PyTuple_Check(pair) || PyTuple_Size(pair) != 2) {
      PyErr_SetString(PyExc_TypeError, "update() takes a mapping of names to values");
      count = -1;
    } else if (inputs_set(self, PyTuple_GetItem(pair, 0), PyTuple_GetItem(pair, 1)) < 0) {
      count = -1;
    }
  }
  Py_DECREF(items);
  if (count < 0) return NULL;
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
  int known = PyDict_Contains(self->names, args[0]);
  if (known < 0) return NULL;
  if (known) return inputs_get(self, args[0]);
  return Py_NewRef(count == 2 ? args[1] : Py_None);
}

static PyMethodDef inputs_methods[] = {
    {"get", (PyCFunction)(void (*)(void))inputs_get_or, METH_FASTCALL,
     "The value of an input, or a default where there is none of that name."},
    {"keys", (PyCFunction)inputs_keys, METH_NOARGS, "The names, in the header's order."},
    {"values", (PyCFunction)inputs_values, METH_NOARGS, "The values, in the header's order."},
    {"items", (PyCFunction)inputs_items, METH_NOARGS, "(name, value) pairs."},
    {"update", (PyCFunction)inputs_update, METH_O, "Set several inputs from a mapping."},
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
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    .slots = inputs_slots,
};
