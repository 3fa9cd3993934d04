#include "native.h"

PyObject *zcg_context_cube(zcg_py_context *self, PyObject *faces) {
  enum { FACES = 6 };
  zcg_cube_faces block = {.struct_size = sizeof block};
  if (!PyTuple_Check(faces) || PyTuple_Size(faces) != FACES)
    return PyErr_Format(PyExc_TypeError, "_cube takes a tuple of six frames");
  for (Py_ssize_t i = 0; i < FACES; i++) {
    PyObject *face = PyTuple_GetItem(faces, i);
    if (!zcg_is_frame(self->module, face))
      return PyErr_Format(PyExc_TypeError, "_cube takes a tuple of six frames");
    if (zcg_frame_check((zcg_py_frame *)face) < 0) return NULL;
    block.face[i] = ((zcg_py_frame *)face)->handle;
  }
  zcg_error err;
  zcg_status status;
  zcg_frame cube;
  Py_BEGIN_ALLOW_THREADS;
  status = zcg_cube_create(self->handle, &block, &cube, &err);
  Py_END_ALLOW_THREADS;
  if (status != ZCG_OK) return zcg_raise(self->module, &err);
  return zcg_logged(self->module, zcg_frame_wrap(self->module, cube, (PyObject *)self));
}
