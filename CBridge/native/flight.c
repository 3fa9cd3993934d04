#include "native.h"

/* flight_start(path as UTF-8, events): gives the path that is recorded to. */
PyObject *zcg_py_flight_start(PyObject *self, PyObject *args) {
  zcg_module *module = PyModule_GetState(self);
  const char *path;
  Py_ssize_t length;
  long long events;
  if (!PyArg_ParseTuple(args, "y#L:flight_start", &path, &length, &events)) return NULL;
  zcg_error err;
  zcg_status status;
  zcg_text file;
  Py_BEGIN_ALLOW_THREADS;
  status = zcg_flight_start(path, (size_t)length, events, &err);
  if (status == ZCG_OK) status = zcg_flight_get_path(&file, &err);
  Py_END_ALLOW_THREADS;
  return status == ZCG_OK ? zcg_take_text(module, file) : zcg_raise(module, &err);
}

PyObject *zcg_py_flight_stop(PyObject *self, PyObject *unused) {
  zcg_error err;
  zcg_status status;
  Py_BEGIN_ALLOW_THREADS;
  status = zcg_flight_stop(&err);
  Py_END_ALLOW_THREADS;
  if (status != ZCG_OK) return zcg_raise(PyModule_GetState(self), &err);
  Py_RETURN_NONE;
}
