#include "native.h"

int zcg_integer_from(zcg_module *module, PyObject *object, const char *name, zcg_status code,
                     int64_t *number) {
  PyObject *exact = PyBool_Check(object) ? NULL : PyNumber_Index(object);
  if (!exact) {
    if (PyErr_Occurred() && !PyErr_ExceptionMatches(PyExc_TypeError)) return -1;
    PyErr_Clear();
    zcg_raise_value(module, ZCG_E_WRONG_TYPE, object, "%s is an integer, not", name);
    return -1;
  }
  int overflow;
  *number = PyLong_AsLongLongAndOverflow(exact, &overflow);
  Py_DECREF(exact);
  if (!overflow) return 0;
  zcg_raise_value(module, code, object, "%s is far beyond what fits:", name);
  return -1;
}
