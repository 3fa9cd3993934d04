#include "native.h"

/* Scene(context, fragment, path, vertex, vertex_path): bytes and str, or None. */
static PyObject *scene_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  zcg_module *module = zcg_module_of(type);
  PyObject *context, *files[4];
  if (!module ||
      !PyArg_ParseTuple(args, "OOOOO:Scene", &context, &files[0], &files[1], &files[2], &files[3]))
    return NULL;
  if (!PyObject_TypeCheck(context, module->context_type)) {
    PyErr_SetString(PyExc_TypeError, "scenes come from context.scene(...)");
    return NULL;
  }
  zcg_py_source source;
  if (zcg_source_take(files, &source) < 0) return NULL;
  zcg_error err;
  zcg_status status;
  zcg_scene handle;
  zcg_context owner = ((zcg_py_context *)context)->handle;
  Py_BEGIN_ALLOW_THREADS;
  status = zcg_scene_create(owner, &source.block, &handle, &err);
  Py_END_ALLOW_THREADS;
  zcg_source_release(&source);
  if (status != ZCG_OK) return zcg_raise(module, &err);
  PyObject *inputs = zcg_inputs_wrap(module, handle, context);
  if (!inputs) return NULL;
  zcg_py_scene *self = (zcg_py_scene *)((allocfunc)PyType_GetSlot(type, Py_tp_alloc))(type, 0);
  if (!self) {
    Py_DECREF(inputs);
    return NULL;
  }
  self->module = module;
  self->inputs = (zcg_py_inputs *)inputs;
  return (PyObject *)self;
}

/* What only a cycle keeps, a subclass's attributes say, shall be found. */
static int scene_traverse(zcg_py_scene *self, visitproc visit, void *arg) {
  Py_VISIT(Py_TYPE((PyObject *)self));
  Py_VISIT(self->inputs);
  return 0;
}

static void scene_dealloc(zcg_py_scene *self) {
  PyObject_GC_UnTrack(self);
  PyTypeObject *type = Py_TYPE((PyObject *)self);
  Py_CLEAR(self->inputs);
  freefunc release = (freefunc)PyType_GetSlot(type, Py_tp_free);
  release(self);
  Py_DECREF(type);
}

int zcg_scene_check(zcg_py_scene *self) {
  if (self->inputs->scene.bits) return 0;
  zcg_raise_text(self->module, ZCG_E_CLOSED, "this scene is closed");
  return -1;
}

/* -- rendering ------------------------------------------------------------------------- */

/* A call's own inputs, converted; `mapping` may be None. 0, or -1 with an exception set. */
static int inputs_from(zcg_py_scene *self, PyObject *mapping, zcg_render_options *options,
                       zcg_py_values *inputs) {
  *inputs = (zcg_py_values){0};
  if (mapping == Py_None) return 0;
  if (zcg_values_from(self->inputs, mapping, inputs) < 0) return -1;
  options->values = inputs->values;
  options->value_count = inputs->count;
  return 0;
}

static int real_from(zcg_py_scene *self, PyObject *object, const char *name, double *number) {
  *number = PyFloat_AsDouble(object);
  if (*number != -1.0 || !PyErr_Occurred()) return 0;
  if (PyErr_ExceptionMatches(PyExc_TypeError)) {
    PyErr_Clear();
    zcg_raise_value(self->module, ZCG_E_WRONG_TYPE, object, "%s is a number, not", name);
  } else if (PyErr_ExceptionMatches(PyExc_OverflowError)) {
    PyErr_Clear();
    zcg_raise_value(self->module, ZCG_E_INVALID_ARGUMENT, object,
                    "%s is far beyond what fits:", name);
  }
  return -1;
}

/* time, time_delta, frame_index, date (year, month, day, seconds): each but time may be None. */
static int options_from(zcg_py_scene *self, PyObject *const *args, zcg_render_options *options) {
  if (real_from(self, args[0], "time", &options->time) < 0) return -1;
  if (args[1] != Py_None) {
    options->has_time_delta = 1;
    if (real_from(self, args[1], "time_delta", &options->time_delta) < 0) return -1;
  }
  if (args[2] != Py_None) {
    options->has_frame_index = 1;
    if (zcg_integer_from(self->module, args[2], "frame_index", ZCG_E_INVALID_ARGUMENT,
                         &options->frame_index) < 0)
      return -1;
  }
  if (args[3] != Py_None) {
    double *date = options->date;
    options->has_date = 1;
    if (!PyArg_ParseTuple(args[3], "dddd;date is (year, month, day, seconds)", date, date + 1,
                          date + 2, date + 3))
      return -1;
  }
  return 0;
}

/* _render(width, height, time, time_delta, frame_index, date, inputs, pool) */
static PyObject *scene_render(zcg_py_scene *self, PyObject *const *args, Py_ssize_t count) {
  zcg_render_options options = {.struct_size = sizeof options};
  zcg_py_values inputs;
  if (count != 8) return PyErr_Format(PyExc_TypeError, "_render takes 8 arguments");
  if (zcg_scene_check(self) < 0 ||
      zcg_integer_from(self->module, args[0], "width", ZCG_E_BAD_SIZE, &options.width) < 0 ||
      zcg_integer_from(self->module, args[1], "height", ZCG_E_BAD_SIZE, &options.height) < 0 ||
      options_from(self, args + 2, &options) < 0 ||
      zcg_pool_from(self->module, args[7], &options.pool) < 0 ||
      inputs_from(self, args[6], &options, &inputs) < 0)
    return NULL;
  zcg_error err;
  zcg_status status;
  zcg_frame frame;
  do {
    zcg_scene scene = self->inputs->scene;
    Py_BEGIN_ALLOW_THREADS;
    status = zcg_scene_render(scene, &options, &frame, &err);
    Py_END_ALLOW_THREADS;
  } while (status != ZCG_OK && zcg_values_retry(self->inputs, &inputs, &err) > 0);
  zcg_values_release(&inputs);
  if (status != ZCG_OK) return NULL;
  return zcg_logged(self->module, zcg_frame_wrap(self->module, frame, self->inputs->context));
}

/* A writable view; what is read-only or no buffer at all is refused in our own words. */
static int target_view(zcg_py_scene *self, PyObject *target, Py_buffer *view) {
  if (PyObject_GetBuffer(target, view, PyBUF_STRIDED | PyBUF_FORMAT) == 0) return 0;
  if (PyErr_ExceptionMatches(PyExc_TypeError) || PyErr_ExceptionMatches(PyExc_BufferError) ||
      PyErr_ExceptionMatches(PyExc_ValueError)) {
    PyErr_Clear();
    int is_buffer = PyObject_CheckBuffer(target);
    zcg_raise_text(self->module, ZCG_E_BAD_BUFFER,
                   is_buffer ? "the target is read-only"
                             : "the target is no buffer: give a writable array (height, width, 4) "
                               "of uint8 or float32");
  }
  return -1;
}

/* _render_into(target, time, time_delta, frame_index, date, inputs) */
static PyObject *scene_render_into(zcg_py_scene *self, PyObject *const *args, Py_ssize_t count) {
  zcg_render_options options = {.struct_size = sizeof options};
  zcg_destination destination;
  zcg_py_values inputs;
  Py_buffer view;
  if (count != 6) return PyErr_Format(PyExc_TypeError, "_render_into takes 6 arguments");
  if (zcg_scene_check(self) < 0 || target_view(self, args[0], &view) < 0) return NULL;
  if (zcg_destination_from(self->module, &view, &destination, &options.width, &options.height) <
          0 ||
      options_from(self, args + 1, &options) < 0 ||
      inputs_from(self, args[5], &options, &inputs) < 0) {
    PyBuffer_Release(&view);
    return NULL;
  }
  zcg_error err;
  zcg_status status;
  do {
    zcg_scene scene = self->inputs->scene;
    Py_BEGIN_ALLOW_THREADS;
    status = zcg_scene_render_into(scene, &options, &destination, &err);
    Py_END_ALLOW_THREADS;
  } while (status != ZCG_OK && zcg_values_retry(self->inputs, &inputs, &err) > 0);
  zcg_values_release(&inputs);
  PyBuffer_Release(&view);
  if (status != ZCG_OK) return NULL;
  return zcg_logged(self->module, Py_NewRef(args[0]));
}

/* -- the rest -------------------------------------------------------------------------- */

static PyObject *scene_reset(zcg_py_scene *self, PyObject *unused) {
  if (zcg_scene_check(self) < 0) return NULL;
  zcg_error err;
  zcg_status status;
  zcg_scene scene = self->inputs->scene;
  Py_BEGIN_ALLOW_THREADS;
  status = zcg_scene_reset(scene, &err);
  Py_END_ALLOW_THREADS;
  if (status != ZCG_OK) return zcg_raise(self->module, &err);
  Py_RETURN_NONE;
}

/* The handles of a tuple of frames. 0, or -1 with an exception set. */
static int handles_of(zcg_module *module, PyObject *frames, zcg_frame *handles) {
  for (Py_ssize_t i = 0; i < PyTuple_Size(frames); i++) {
    PyObject *frame = PyTuple_GetItem(frames, i);
    if (!zcg_is_frame(module, frame)) {
      PyErr_SetString(PyExc_TypeError, "frames are wanted");
      return -1;
    }
    if (zcg_frame_check((zcg_py_frame *)frame) < 0) return -1;
    handles[i] = ((zcg_py_frame *)frame)->handle;
  }
  return 0;
}

/* _reload(fragment, path, vertex, vertex_path, pictures): bytes and str, or None; a tuple. */
static PyObject *scene_reload(zcg_py_scene *self, PyObject *const *args, Py_ssize_t count) {
  if (count != 5 || !PyTuple_Check(args[4]))
    return PyErr_Format(PyExc_TypeError, "_reload takes 5 arguments");
  zcg_py_source source;
  if (zcg_scene_check(self) < 0 || zcg_source_take(args, &source) < 0) return NULL;
  uint32_t picture_count = (uint32_t)PyTuple_Size(args[4]);
  zcg_frame *pictures = PyMem_Calloc((size_t)picture_count + 1, sizeof *pictures);
  if (!pictures) PyErr_NoMemory();
  if (!pictures || handles_of(self->module, args[4], pictures) < 0) {
    PyMem_Free(pictures);
    zcg_source_release(&source);
    return NULL;
  }
  zcg_error err;
  zcg_status status;
  zcg_scene scene = self->inputs->scene;
  Py_BEGIN_ALLOW_THREADS;
  status = zcg_scene_reload(scene, &source.block, pictures, picture_count, &err);
  Py_END_ALLOW_THREADS;
  PyMem_Free(pictures);
  zcg_source_release(&source);
  if (status != ZCG_OK) return zcg_raise(self->module, &err);
  return zcg_logged(self->module, Py_NewRef(Py_None));
}

static PyObject *scene_describe(zcg_py_scene *self, PyObject *unused) {
  if (zcg_scene_check(self) < 0) return NULL;
  zcg_error err;
  zcg_text json;
  if (zcg_scene_describe(self->inputs->scene, &json, &err) != ZCG_OK)
    return zcg_raise(self->module, &err);
  return zcg_take_text(self->module, json);
}

static PyObject *scene_target(zcg_py_scene *self, PyObject *name) {
  if (zcg_scene_check(self) < 0) return NULL;
  if (!PyUnicode_Check(name))
    return zcg_raise_value(self->module, ZCG_E_WRONG_TYPE, name, "a TARGET's name is a str, not");
  Py_ssize_t length;
  const char *utf8 = zcg_utf8(self->module, ZCG_E_INVALID_ARGUMENT, name, &length);
  if (!utf8) return NULL;
  zcg_error err;
  zcg_status status;
  zcg_frame frame;
  zcg_scene scene = self->inputs->scene;
  Py_BEGIN_ALLOW_THREADS;
  status = zcg_scene_copy_target(scene, utf8, (size_t)length, &frame, &err);
  Py_END_ALLOW_THREADS;
  if (status != ZCG_OK) return zcg_raise(self->module, &err);
  if (!frame.bits) Py_RETURN_NONE;
  return zcg_frame_wrap(self->module, frame, self->inputs->context);
}

static PyObject *scene_close(zcg_py_scene *self, PyObject *unused) {
  zcg_scene_destroy(&self->inputs->scene, NULL);
  Py_RETURN_NONE;
}

static PyObject *scene_closed(zcg_py_scene *self, void *unused) {
  return PyBool_FromLong(!self->inputs->scene.bits);
}

static PyObject *scene_inputs(zcg_py_scene *self, void *unused) {
  return Py_NewRef((PyObject *)self->inputs);
}

static PyObject *scene_context(zcg_py_scene *self, void *unused) {
  return Py_NewRef(self->inputs->context);
}

static PyMethodDef scene_methods[] = {
    {"_render", (PyCFunction)(void (*)(void))scene_render, METH_FASTCALL, NULL},
    {"_render_into", (PyCFunction)(void (*)(void))scene_render_into, METH_FASTCALL, NULL},
    {"_reload", (PyCFunction)(void (*)(void))scene_reload, METH_FASTCALL,
     "Another text: fragment, path, vertex, vertex_path, its imported pictures."},
    {"_describe", (PyCFunction)scene_describe, METH_NOARGS, "The description, as JSON."},
    {"_import_count", (PyCFunction)zcg_scene_import_count, METH_NOARGS,
     "How many pictures the header imports."},
    {"_set_import", (PyCFunction)(void (*)(void))zcg_scene_give_import, METH_FASTCALL,
     "Give an import, by its index, its frame."},
    {"_target", (PyCFunction)scene_target, METH_O, "A copy of a pass's buffer, or None."},
    {"reset", (PyCFunction)scene_reset, METH_NOARGS,
     "Persistent buffers back to transparent black, time and frame index back to the start."},
    {"close", (PyCFunction)scene_close, METH_NOARGS,
     "Give the scene up now. Its frames live on. Closing twice is fine."},
    {0},
};

static PyGetSetDef scene_getters[] = {
    {"inputs", (getter)scene_inputs, NULL, "The inputs' values: a mapping.", NULL},
    {"context", (getter)scene_context, NULL, "The context it lives in.", NULL},
    {"closed", (getter)scene_closed, NULL, "Whether the scene is closed.", NULL},
    {0},
};

static PyType_Slot scene_slots[] = {
    {Py_tp_new, scene_new},           {Py_tp_dealloc, scene_dealloc},
    {Py_tp_traverse, scene_traverse}, {Py_tp_methods, scene_methods},
    {Py_tp_getset, scene_getters},    {0, NULL},
};

PyType_Spec zcg_scene_spec = {
    .name = "zcgpu._native.Scene",
    .basicsize = sizeof(zcg_py_scene),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,
    .slots = scene_slots,
};
