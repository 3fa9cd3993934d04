#include "native.h"

void zcg_trace(zcg_module *module, zcg_noun noun, uint64_t handle) {
  int32_t on = 0;
  if (zcg_trace_get(&on, NULL) != ZCG_OK || !on) return;
  PyObject *type, *value, *trace;
  PyErr_Fetch(&type, &value, &trace);
  PyObject *stack = zcg_lazy(&module->stack, "zcgpu.diagnostics", "_stack");
  PyObject *text = stack ? PyObject_CallNoArgs(stack) : NULL;
  Py_ssize_t length;
  const char *utf8 = text ? PyUnicode_AsUTF8AndSize(text, &length) : NULL;
  if (utf8) zcg_trace_note(noun, handle, utf8, (size_t)length, NULL);
  Py_XDECREF(text);
  PyErr_Clear(); /* a program that ends may have no way to tell its stack: what it made is whole */
  PyErr_Restore(type, value, trace);
}

PyObject *zcg_tracing(PyObject *self, PyObject *unused) {
  zcg_error err;
  int32_t on;
  if (zcg_trace_get(&on, &err) != ZCG_OK) return zcg_raise(PyModule_GetState(self), &err);
  return PyBool_FromLong(on);
}

PyObject *zcg_set_tracing(PyObject *self, PyObject *on) {
  zcg_error err;
  int is_on = PyObject_IsTrue(on);
  if (is_on < 0) return NULL;
  if (zcg_trace_set(is_on, &err) != ZCG_OK) return zcg_raise(PyModule_GetState(self), &err);
  Py_RETURN_NONE;
}

PyObject *zcg_live(PyObject *self, PyObject *unused) {
  zcg_error err;
  zcg_text json;
  if (zcg_live_describe(&json, &err) != ZCG_OK) return zcg_raise(PyModule_GetState(self), &err);
  return zcg_take_text(PyModule_GetState(self), json);
}
