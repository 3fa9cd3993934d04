#include "native.h"

#include <stdarg.h>

PyObject *zcg_lazy(PyObject **slot, const char *module_name, const char *attribute) {
  if (*slot) return *slot;
  PyObject *module = PyImport_ImportModule(module_name);
  if (!module) return NULL;
  PyObject *found = PyObject_GetAttrString(module, attribute);
  Py_DECREF(module);
  if (*slot)
    Py_XDECREF(found); /* the import ran other code, which was faster */
  else
    *slot = found;
  return *slot;
}

/* A value for a message, however long it is and whatever its repr does: a str, or NULL with an
 * exception set. */
static PyObject *shown(PyObject *value) {
  PyObject *arguments = PyImport_ImportModule("zcgpu._arguments");
  PyObject *text = arguments ? PyObject_CallMethod(arguments, "shown", "(O)", value) : NULL;
  Py_XDECREF(arguments);
  if (!text || PyUnicode_Check(text)) return text;
  Py_DECREF(text);
  return PyErr_Format(PyExc_TypeError, "zcgpu._arguments.shown has been replaced");
}

PyTypeObject *zcg_lazy_type(PyObject **slot, const char *module_name, const char *attribute,
                            PyTypeObject *base) {
  PyObject *type = zcg_lazy(slot, module_name, attribute);
  if (!type) return NULL;
  if (PyType_Check(type) && PyType_IsSubtype((PyTypeObject *)type, base))
    return (PyTypeObject *)type;
  PyObject *told = shown(type);
  if (told)
    PyErr_Format(PyExc_TypeError, "%s.%s has been replaced by %U", module_name, attribute, told);
  Py_XDECREF(told);
  Py_CLEAR(*slot);
  return NULL;
}

/* Raises make(code, message, detail, line, column). */
static PyObject *raise(zcg_module *module, int code, PyObject *message, PyObject *detail, int line,
                       int column) {
  PyObject *make = zcg_lazy(&module->make_error, "zcgpu.errors", "make");
  PyObject *error =
      make ? PyObject_CallFunction(make, "iOOii", code, message, detail, line, column) : NULL;
  if (error) {
    PyErr_SetObject((PyObject *)Py_TYPE(error), error);
    Py_DECREF(error);
  }
  return NULL;
}

PyObject *zcg_raise(zcg_module *module, zcg_error *err) {
  PyObject *detail = NULL, *message = NULL;
  if (err->detail.bits) {
    const char *utf8;
    size_t length;
    if (zcg_text_get(err->detail, &utf8, &length, NULL) == ZCG_OK) {
      size_t split = err->message_length < length ? err->message_length : length;
      message = PyUnicode_DecodeUTF8(utf8, (Py_ssize_t)split, "replace");
      detail = PyUnicode_DecodeUTF8(utf8 + split, (Py_ssize_t)(length - split), "replace");
    }
    zcg_text_destroy(&err->detail, NULL);
  } else {
    message = PyUnicode_DecodeUTF8(err->message, (Py_ssize_t)err->message_length, "replace");
    detail = PyUnicode_FromStringAndSize("", 0);
  }
  int code = err->code;
  if (message && code == ZCG_E_STALE_HANDLE) {
    /* In Python handles are reached through objects alone, which were open when the call began. */
    PyObject *told = PyUnicode_FromFormat("%U: another thread closed it meanwhile", message);
    Py_DECREF(message);
    message = told;
    code = ZCG_E_CLOSED;
  }
  if (message && detail)
    raise(module, code, message, detail, err->line, err->column);
  else if (!PyErr_Occurred())
    PyErr_SetString(PyExc_RuntimeError, "zcgpu: the error's text was lost");
  Py_XDECREF(message);
  Py_XDECREF(detail);
  return zcg_logged(module, NULL);
}

/* A message of ours, which goes; NULL where it could not be made. */
static PyObject *raise_message(zcg_module *module, zcg_status code, PyObject *message) {
  PyObject *detail = PyUnicode_FromStringAndSize("", 0);
  if (message && detail) raise(module, code, message, detail, 0, 0);
  Py_XDECREF(message);
  Py_XDECREF(detail);
  return NULL;
}

PyObject *zcg_raise_text(zcg_module *module, zcg_status code, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  PyObject *message = PyUnicode_FromFormatV(format, arguments);
  va_end(arguments);
  return raise_message(module, code, message);
}

PyObject *zcg_raise_value(zcg_module *module, zcg_status code, PyObject *value, const char *format,
                          ...) {
  va_list arguments;
  va_start(arguments, format);
  PyObject *text = PyUnicode_FromFormatV(format, arguments);
  va_end(arguments);
  PyObject *told = text ? shown(value) : NULL;
  PyObject *message = told ? PyUnicode_FromFormat("%U %U", text, told) : NULL;
  Py_XDECREF(told);
  Py_XDECREF(text);
  return raise_message(module, code, message);
}

const char *zcg_utf8(zcg_module *module, zcg_status code, PyObject *text, Py_ssize_t *length) {
  const char *utf8 = PyUnicode_AsUTF8AndSize(text, length);
  if (!utf8 && PyErr_ExceptionMatches(PyExc_UnicodeEncodeError)) {
    PyErr_Clear();
    zcg_raise_value(module, code, text, "a text that UTF-8 can hold is wanted, not");
  }
  return utf8;
}

void zcg_warn_dropped(const char *format, PyObject *origin) {
  if (!origin || origin == Py_None) return;
  PyObject *kind, *value, *trace;
  PyErr_Fetch(&kind, &value, &trace);
  if (PyErr_ResourceWarning(NULL, 1, format, origin) < 0) PyErr_WriteUnraisable(origin);
  PyErr_Restore(kind, value, trace);
}

PyObject *zcg_take_text(zcg_module *module, zcg_text text) {
  zcg_error err;
  const char *utf8;
  size_t length;
  if (zcg_text_get(text, &utf8, &length, &err) != ZCG_OK) return zcg_raise(module, &err);
  PyObject *result = PyUnicode_DecodeUTF8(utf8, (Py_ssize_t)length, "replace");
  zcg_text_destroy(&text, NULL);
  return result;
}
