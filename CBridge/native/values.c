#include "native.h"

#include <string.h>

/* 1 when `object` gave a number, 0 when it is none, -1 with an exception set. */
static int number_from(PyObject *object, double *number) {
  if (PyFloat_Check(object)) {
    *number = PyFloat_AsDouble(object);
    return 1;
  }
  if (PyBool_Check(object) || !PyNumber_Check(object)) return 0;
  *number = PyFloat_AsDouble(object);
  if (*number != -1.0 || !PyErr_Occurred()) return 1;
  if (!PyErr_ExceptionMatches(PyExc_TypeError) && !PyErr_ExceptionMatches(PyExc_OverflowError))
    return -1;
  PyErr_Clear();
  return 0;
}

/* Integers beyond 64 bits become the nearest one, which no input takes either. */
static int integer_from(PyObject *object, zcg_value *value) {
  PyObject *exact = PyNumber_Index(object);
  if (!exact) return -1;
  int overflow = 0;
  value->kind = ZCG_KIND_INTEGER;
  value->integer = PyLong_AsLongLongAndOverflow(exact, &overflow);
  if (overflow) value->integer = overflow > 0 ? INT64_MAX : INT64_MIN;
  Py_DECREF(exact);
  return 0;
}

/* One number; anything else stays ZCG_KIND_OTHER. */
static int scalar_from(PyObject *object, zcg_value *value) {
  int is_number = number_from(object, &value->number[0]);
  if (is_number > 0) value->kind = ZCG_KIND_REAL;
  return is_number < 0 ? -1 : 0;
}

/* Up to four numbers in a row; anything else stays ZCG_KIND_OTHER. */
static int vector_from(PyObject *object, zcg_value *value) {
  Py_ssize_t count = PySequence_Size(object);
  if (count < 0) {
    PyErr_Clear(); /* an array without dimensions is one number */
    return scalar_from(object, value);
  }
  if (count > 4) return 0;
  for (Py_ssize_t i = 0; i < count; i++) {
    PyObject *item = PySequence_GetItem(object, i);
    if (!item) return -1;
    int is_number = number_from(item, &value->number[i]);
    Py_DECREF(item);
    if (is_number <= 0) return is_number;
  }
  value->kind = ZCG_KIND_VECTOR;
  value->count = (uint32_t)count;
  return 0;
}

/* Whether this is NumPy's bool, which is neither Python's nor an integer. */
static int is_numpy_bool(PyObject *object) {
  PyObject *name = PyObject_GetAttrString((PyObject *)Py_TYPE(object), "__name__");
  if (!name) {
    PyErr_Clear();
    return 0;
  }
  int is = PyUnicode_CompareWithASCIIString(name, "bool") == 0 ||
           PyUnicode_CompareWithASCIIString(name, "bool_") == 0;
  Py_DECREF(name);
  return is;
}

static int plain_from(PyObject *object, zcg_value *value) {
  value->kind = ZCG_KIND_OTHER;
  if (PyFloat_Check(object)) {
    value->kind = ZCG_KIND_REAL;
    value->number[0] = PyFloat_AsDouble(object);
    return 0;
  }
  if (object == Py_None) {
    value->kind = ZCG_KIND_NONE;
    return 0;
  }
  if (PyBool_Check(object)) {
    value->kind = ZCG_KIND_BOOL;
    value->integer = object == Py_True;
    return 0;
  }
  if (PyLong_Check(object)) return integer_from(object, value);
  if (PyUnicode_Check(object) || PyBytes_Check(object)) return 0;
  if (PyTuple_Check(object) || PyList_Check(object)) return vector_from(object, value);
  if (is_numpy_bool(object)) {
    int truth = PyObject_IsTrue(object);
    if (truth < 0) return -1;
    value->kind = ZCG_KIND_BOOL;
    value->integer = truth;
    return 0;
  }
  if (PyIndex_Check(object) && integer_from(object, value) == 0) return 0;
  PyErr_Clear(); /* an array has __index__ and refuses it */
  value->kind = ZCG_KIND_OTHER;
  return PySequence_Check(object) ? vector_from(object, value) : scalar_from(object, value);
}

/* `count` is how many pictures the input takes. */
static int picture_from(zcg_py_inputs *inputs, int32_t count, PyObject *object, zcg_value *value,
                        PyObject **keep) {
  zcg_module *module = inputs->module;
  PyObject *load = count == 6 ? zcg_lazy(&module->load_cube, "zcgpu._pictures", "load_cube")
                              : zcg_lazy(&module->load_picture, "zcgpu._pictures", "load");
  if (!load) return -1;
  PyObject *frame = PyObject_CallFunctionObjArgs(load, inputs->context, object, NULL);
  if (!frame) return -1;
  if (!zcg_is_frame(module, frame)) {
    Py_DECREF(frame);
    value->kind = ZCG_KIND_OTHER;
    return 0;
  }
  *keep = frame;
  value->kind = ZCG_KIND_FRAME;
  value->frame = ((zcg_py_frame *)frame)->handle;
  return 0;
}

/* The sound of a video, in step with its frames. */
static PyObject *sound_of_video(zcg_module *module, PyObject *object) {
  zcg_video video;
  if (zcg_video_from(module, object, &video) < 0) return NULL;
  zcg_error err;
  zcg_status status;
  zcg_audio handle;
  Py_BEGIN_ALLOW_THREADS;
  status = zcg_video_open_sound(video, &handle, &err);
  Py_END_ALLOW_THREADS;
  return status == ZCG_OK ? zcg_audio_wrap(module, handle) : zcg_raise(module, &err);
}

/* The sound that `load` makes of any other object. */
static PyObject *sound_of_other(zcg_module *module, PyObject *object) {
  PyObject *load = zcg_lazy(&module->load_audio, "zcgpu.audio", "load");
  return load ? PyObject_CallFunctionObjArgs(load, object, NULL) : NULL;
}

static int sound_from(zcg_module *module, PyObject *object, zcg_value *value, PyObject **keep) {
  PyObject *audio = zcg_is_video(module, object) ? sound_of_video(module, object)
                                                 : sound_of_other(module, object);
  if (!audio) return -1;
  if (zcg_audio_from(module, audio, &value->audio)) value->kind = ZCG_KIND_AUDIO;
  *keep = audio;
  return 0;
}

int zcg_value_find(zcg_py_inputs *inputs, PyObject *name, zcg_value *value) {
  zcg_module *module = inputs->module;
  if (!PyUnicode_Check(name)) {
    zcg_raise_value(module, ZCG_E_WRONG_TYPE, name, "the name of an input is a str, not");
    return -1;
  }
  if (!PyUnicode_CheckExact(name)) { /* a subclass's hash could do anything */
    PyObject *exact = PyUnicode_FromObject(name);
    int failed = exact ? zcg_value_find(inputs, exact, value) : -1;
    Py_XDECREF(exact);
    return failed;
  }
  for (;;) {
    PyObject *known = PyDict_GetItemWithError(inputs->names, name);
    value->edition = inputs->edition;
    if (known) {
      value->input = (uint32_t)PyLong_AsUnsignedLong(known);
      return 0;
    }
    if (PyErr_Occurred()) return -1;
    int renewed = zcg_inputs_renew(inputs);
    if (renewed < 0) return -1;
    if (renewed) continue;
    Py_ssize_t length;
    const char *utf8 = zcg_utf8(module, ZCG_E_UNKNOWN_INPUT, name, &length);
    zcg_error err;
    if (!utf8) return -1;
    if (zcg_scene_find_input(inputs->scene, utf8, (size_t)length, &value->input, &err) != ZCG_OK) {
      zcg_raise(module, &err);
      return -1;
    }
    renewed = zcg_inputs_renew(inputs);
    if (renewed <= 0) return renewed;
  }
}

/* What fits no kind brings its type's name for the message. */
static int name_type(PyObject *object, zcg_value *value) {
  PyObject *name = PyType_GetName(Py_TYPE(object));
  const char *utf8 = name ? PyUnicode_AsUTF8AndSize(name, NULL) : NULL;
  if (utf8) PyOS_snprintf(value->type_name, sizeof value->type_name, "%s", utf8);
  Py_XDECREF(name);
  return utf8 ? 0 : -1;
}

int zcg_value_from(zcg_py_inputs *inputs, PyObject *name, PyObject *object, zcg_value *value,
                   PyObject **keep) {
  zcg_module *module = inputs->module;
  *keep = NULL;
  memset(value, 0, sizeof *value);
  if (!inputs->scene.bits) {
    zcg_raise_text(module, ZCG_E_CLOSED, "this scene is closed");
    return -1;
  }
  if (zcg_value_find(inputs, name, value) < 0) return -1;
  if (PyFloat_CheckExact(object)) { /* the commonest goes first */
    value->kind = ZCG_KIND_REAL;
    value->number[0] = PyFloat_AsDouble(object);
    return 0;
  }
  if (zcg_is_frame(module, object)) {
    zcg_py_frame *frame = (zcg_py_frame *)object;
    if (!frame->handle.bits) {
      zcg_raise_text(module, ZCG_E_CLOSED, "this frame is closed");
      return -1;
    }
    value->kind = ZCG_KIND_FRAME;
    value->frame = frame->handle;
    *keep = Py_NewRef(object);
    return 0;
  }
  if (zcg_audio_from(module, object, &value->audio)) {
    value->kind = ZCG_KIND_AUDIO;
    *keep = Py_NewRef(object);
    return 0;
  }
  value->kind = ZCG_KIND_OTHER;
  const int is_video = zcg_is_video(module, object); /* a sequence, which is not to be counted */
  if (!is_video && plain_from(object, value) < 0) return -1;
  if (value->kind != ZCG_KIND_OTHER) return 0;
  zcg_error err;
  int32_t pictures, is_audio;
  for (int found = 1; found;) { /* until the kind is of the edition that the index is of */
    if (zcg_value_find(inputs, name, value) < 0) return -1;
    if (zcg_scene_is_image_input(inputs->scene, value->input, &pictures, &err) == ZCG_OK &&
        zcg_scene_is_audio_input(inputs->scene, value->input, &is_audio, &err) == ZCG_OK)
      found = zcg_inputs_renew(inputs);
    else
      found = zcg_inputs_retry(inputs, value, 1, &err);
    if (found < 0) return -1;
  }
  if (is_audio) return sound_from(module, object, value, keep);
  if (is_video && pictures == 1) {
    value->kind = ZCG_KIND_VIDEO;
    *keep = Py_NewRef(object);
    return zcg_video_from(module, object, &value->video);
  }
  return pictures && !is_video ? picture_from(inputs, pictures, object, value, keep)
                               : name_type(object, value);
}

/* The pairs of a mapping in a tuple, which no code that runs meanwhile can shorten. */
static PyObject *items_of(PyObject *mapping) {
  PyObject *list = PyMapping_Items(mapping);
  PyObject *items = list ? PyList_AsTuple(list) : NULL;
  Py_XDECREF(list);
  return items;
}

static int pair_from(zcg_py_inputs *inputs, PyObject *pair, zcg_value *value, PyObject *kept) {
  if (!PyTuple_Check(pair) || PyTuple_Size(pair) != 2) {
    zcg_raise_text(inputs->module, ZCG_E_WRONG_TYPE, "a mapping of names to values is wanted");
    return -1;
  }
  PyObject *keep = NULL;
  PyObject *name = PyTuple_GetItem(pair, 0), *object = PyTuple_GetItem(pair, 1);
  int failed = zcg_value_from(inputs, name, object, value, &keep) < 0 ||
               (keep && PyList_Append(kept, keep) < 0);
  Py_XDECREF(keep);
  return failed ? -1 : 0;
}

int zcg_values_from(zcg_py_inputs *inputs, PyObject *mapping, zcg_py_values *values) {
  *values = (zcg_py_values){.items = items_of(mapping)};
  if (!values->items) {
    PyErr_Clear();
    zcg_raise_value(inputs->module, ZCG_E_WRONG_TYPE, mapping,
                    "inputs is a mapping of names to values, not");
    return -1;
  }
  values->count = (uint32_t)PyTuple_Size(values->items);
  values->values = PyMem_Calloc((size_t)values->count + 1, sizeof *values->values);
  values->keep = PyList_New(0);
  if (!values->values) PyErr_NoMemory();
  int failed = !values->values || !values->keep;
  for (uint32_t i = 0; !failed && i < values->count; i++)
    failed = pair_from(inputs, PyTuple_GetItem(values->items, (Py_ssize_t)i), &values->values[i],
                       values->keep);
  if (!failed) return 0;
  zcg_values_release(values);
  return -1;
}

int zcg_values_retry(zcg_py_inputs *inputs, zcg_py_values *values, zcg_error *err) {
  if (zcg_inputs_retry(inputs, values->values, values->count, err) < 0) return -1;
  for (uint32_t i = 0; i < values->count; i++) {
    PyObject *pair = PyTuple_GetItem(values->items, (Py_ssize_t)i);
    if (zcg_value_find(inputs, PyTuple_GetItem(pair, 0), &values->values[i]) < 0) return -1;
  }
  return 1;
}

void zcg_values_release(zcg_py_values *values) {
  PyMem_Free(values->values);
  Py_XDECREF(values->items);
  Py_XDECREF(values->keep);
}
