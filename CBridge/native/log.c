#include "native.h"

/* Gives the waiting lines to the Python logger. 0, or -1 with an exception that is no Exception:
 * Ctrl-C in a log handler goes on, a handler's own failure is told and ends nothing. */
static int drain(zcg_module *module) {
  while (zcg_log_has_lines()) {
    int32_t level;
    zcg_text line;
    if (zcg_log_take(&level, &line, NULL) != ZCG_OK || !line.bits) return 0;
    PyObject *emit = zcg_lazy(&module->emit, "zcgpu._log", "emit");
    PyObject *text = zcg_take_text(module, line);
    PyObject *done = emit && text ? PyObject_CallFunction(emit, "iO", level, text) : NULL;
    Py_XDECREF(text);
    Py_XDECREF(done);
    if (done) continue;
    if (!PyErr_ExceptionMatches(PyExc_Exception)) return -1;
    /* At the end of the interpreter nothing can be imported. */
    if (emit)
      PyErr_WriteUnraisable(emit);
    else
      PyErr_Clear();
  }
  return 0;
}

PyObject *zcg_logged(zcg_module *module, PyObject *result) {
  if (!zcg_log_has_lines()) return result;
  PyObject *kind, *value, *trace;
  PyErr_Fetch(&kind, &value, &trace);
  int failed = drain(module);
  if (!failed) {
    PyErr_Restore(kind, value, trace);
    return result;
  }
  Py_XDECREF(kind);
  Py_XDECREF(value);
  Py_XDECREF(trace);
  Py_XDECREF(result);
  return NULL;
}
