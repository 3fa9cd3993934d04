#include "native.h"

static int view_of(PyObject *object, Py_buffer *view) {
  if (object == Py_None) {
    view->buf = NULL;
    view->len = 0;
    view->obj = NULL;
    return 0;
  }
  return PyObject_GetBuffer(object, view, PyBUF_SIMPLE);
}

static int text_of(PyObject *object, const char **utf8, size_t *length) {
  Py_ssize_t size = 0;
  *utf8 = object == Py_None ? NULL : PyUnicode_AsUTF8AndSize(object, &size);
  *length = (size_t)size;
  return *utf8 || object == Py_None ? 0 : -1;
}

int zcg_source_take(PyObject *const *args, zcg_py_source *source) {
  zcg_scene_source *block = &source->block;
  *block = (zcg_scene_source){.struct_size = sizeof *block};
  if (view_of(args[0], &source->fragment) < 0) return -1;
  if (view_of(args[2], &source->vertex) < 0) {
    PyBuffer_Release(&source->fragment);
    return -1;
  }
  block->fragment = source->fragment.buf;
  block->fragment_length = (size_t)source->fragment.len;
  block->vertex = source->vertex.buf;
  block->vertex_length = (size_t)source->vertex.len;
  if (text_of(args[1], &block->path, &block->path_length) == 0 &&
      text_of(args[3], &block->vertex_path, &block->vertex_path_length) == 0)
    return 0;
  zcg_source_release(source);
  return -1;
}

void zcg_source_release(zcg_py_source *source) {
  PyBuffer_Release(&source->fragment);
  PyBuffer_Release(&source->vertex);
}

PyObject *zcg_describe_source(PyObject *self, PyObject *const *args, Py_ssize_t count) {
  zcg_module *module = PyModule_GetState(self);
  zcg_py_source source;
  zcg_error err;
  zcg_status status;
  zcg_text json;
  if (count != 4) return PyErr_Format(PyExc_TypeError, "describe_source takes 4 arguments");
  if (zcg_source_take(args, &source) < 0) return NULL;
  Py_BEGIN_ALLOW_THREADS;
  status = zcg_source_describe(&source.block, &json, &err);
  Py_END_ALLOW_THREADS;
  zcg_source_release(&source);
  return status == ZCG_OK ? zcg_take_text(module, json) : zcg_raise(module, &err);
}

PyObject *zcg_translate_source(PyObject *self, PyObject *const *args, Py_ssize_t count) {
  zcg_module *module = PyModule_GetState(self);
  zcg_py_source source;
  zcg_error err;
  zcg_status status;
  zcg_text json;
  if (count != 5) return PyErr_Format(PyExc_TypeError, "translate_source takes 5 arguments");
  long dialect = PyLong_AsLong(args[4]);
  if (dialect == -1 && PyErr_Occurred()) return NULL;
  if (zcg_source_take(args, &source) < 0) return NULL;
  Py_BEGIN_ALLOW_THREADS;
  status = zcg_source_translate(&source.block, (zcg_dialect)dialect, &json, &err);
  Py_END_ALLOW_THREADS;
  zcg_source_release(&source);
  return status == ZCG_OK ? zcg_take_text(module, json) : zcg_raise(module, &err);
}

PyObject *zcg_check_source(PyObject *self, PyObject *const *args, Py_ssize_t count) {
  zcg_module *module = PyModule_GetState(self);
  zcg_py_source source;
  zcg_error err;
  zcg_status status;
  zcg_text json;
  if (count != 5) return PyErr_Format(PyExc_TypeError, "check_source takes 5 arguments");
  long dialect = PyLong_AsLong(args[4]);
  if (dialect == -1 && PyErr_Occurred()) return NULL;
  if (zcg_source_take(args, &source) < 0) return NULL;
  Py_BEGIN_ALLOW_THREADS;
  status = zcg_source_check(&source.block, (zcg_dialect)dialect, &json, &err);
  Py_END_ALLOW_THREADS;
  zcg_source_release(&source);
  return status == ZCG_OK ? zcg_take_text(module, json) : zcg_raise(module, &err);
}

PyObject *zcg_convert_shadertoy(PyObject *self, PyObject *const *args, Py_ssize_t count) {
  zcg_module *module = PyModule_GetState(self);
  zcg_py_source source;
  zcg_error err;
  zcg_status status;
  zcg_text json;
  if (count != 4) return PyErr_Format(PyExc_TypeError, "convert_shadertoy takes 4 arguments");
  if (zcg_source_take(args, &source) < 0) return NULL;
  Py_BEGIN_ALLOW_THREADS;
  status = zcg_source_convert_shadertoy(&source.block, &json, &err);
  Py_END_ALLOW_THREADS;
  zcg_source_release(&source);
  return status == ZCG_OK ? zcg_take_text(module, json) : zcg_raise(module, &err);
}
