#include "native.h"

PyObject *zcg_scene_import_count(zcg_py_scene *self, PyObject *unused) {
  zcg_error err;
  uint32_t count;
  if (zcg_scene_check(self) < 0) return NULL;
  if (zcg_scene_get_import_count(self->inputs->scene, &count, &err) != ZCG_OK)
    return zcg_raise(self->module, &err);
  return PyLong_FromUnsignedLong(count);
}

PyObject *zcg_scene_give_import(zcg_py_scene *self, PyObject *const *args, Py_ssize_t count) {
  if (count != 2 || !zcg_is_frame(self->module, args[1]))
    return PyErr_Format(PyExc_TypeError, "_set_import takes an index and a frame");
  int64_t index;
  if (zcg_scene_check(self) < 0 ||
      zcg_integer_from(self->module, args[0], "index", ZCG_E_INVALID_ARGUMENT, &index) < 0 ||
      zcg_frame_check((zcg_py_frame *)args[1]) < 0)
    return NULL;
  zcg_error err;
  zcg_status status;
  zcg_frame frame = ((zcg_py_frame *)args[1])->handle;
  zcg_scene scene = self->inputs->scene;
  Py_BEGIN_ALLOW_THREADS;
  status = zcg_scene_set_import(scene, (uint32_t)index, frame, &err);
  Py_END_ALLOW_THREADS;
  if (status != ZCG_OK) return zcg_raise(self->module, &err);
  return zcg_logged(self->module, Py_NewRef(Py_None));
}
