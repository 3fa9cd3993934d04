#include "native.h"

/* The context that a method was given, the video's own for None, or NULL with an exception set. */
static zcg_py_context *context_from(zcg_py_video_frame *self, PyObject *context) {
  zcg_module *module = self->module;
  if (Py_IsNone(context)) context = self->context;
  if (Py_IsNone(context)) {
    zcg_raise_text(module, ZCG_E_INVALID_ARGUMENT,
                   "this frame's video has no context: name one, rgb(context), or open the video "
                   "with one, open_video(path, context=context)");
    return NULL;
  }
  if (PyObject_TypeCheck(context, module->context_type)) return (zcg_py_context *)context;
  zcg_raise_value(module, ZCG_E_WRONG_TYPE, context, "context is a zcgpu.Context, not");
  return NULL;
}

static PyObject *wrap(zcg_py_video_frame *self, zcg_status status, zcg_frame handle, zcg_error *err,
                      zcg_py_context *context) {
  return status == ZCG_OK ? zcg_frame_wrap(self->module, handle, (PyObject *)context)
                          : zcg_raise(self->module, err);
}

PyObject *zcg_video_frame_rgb(zcg_py_video_frame *self, PyObject *object) {
  zcg_py_context *context = context_from(self, object);
  if (!context || zcg_video_frame_check(self) < 0) return NULL;
  zcg_error err;
  zcg_status status;
  zcg_frame handle;
  zcg_video_frame source = self->handle;
  zcg_context place = context->handle;
  Py_BEGIN_ALLOW_THREADS;
  status = zcg_video_frame_convert(source, place, &handle, &err);
  Py_END_ALLOW_THREADS;
  return wrap(self, status, handle, &err, context);
}

PyObject *zcg_video_frame_texture(zcg_py_video_frame *self, PyObject *const *args,
                                  Py_ssize_t count) {
  if (count != 2) return PyErr_Format(PyExc_TypeError, "_texture(plane, context)");
  PyObject *number = args[0];
  zcg_py_context *context = context_from(self, args[1]);
  int64_t plane;
  if (!context || zcg_video_frame_check(self) < 0 ||
      zcg_integer_from(self->module, number, "the number of a plane", ZCG_E_OUT_OF_RANGE, &plane) <
          0)
    return NULL;
  zcg_error err;
  zcg_status status;
  zcg_frame handle;
  zcg_video_frame source = self->handle;
  zcg_context place = context->handle;
  /* Beyond 32 bits there is none either. */
  const int32_t which = plane < 0 || plane > INT32_MAX ? -1 : (int32_t)plane;
  Py_BEGIN_ALLOW_THREADS;
  status = zcg_video_frame_upload(source, which, place, &handle, &err);
  Py_END_ALLOW_THREADS;
  return wrap(self, status, handle, &err, context);
}

/* The picture for display, packed. The size is that of the upright picture: its pixels are as many
 * as those of the coded one. */
PyObject *zcg_video_frame_rgba(zcg_py_video_frame *self, PyObject *unused) {
  zcg_error err;
  zcg_video_frame_facts facts;
  if (zcg_video_frame_check(self) < 0) return NULL;
  zcg_video_frame source = self->handle;
  if (zcg_video_frame_get_facts(source, &facts, &err) != ZCG_OK)
    return zcg_raise(self->module, &err);
  const Py_ssize_t length = (Py_ssize_t)4 * facts.width * facts.height;
  PyObject *bytes = PyBytes_FromStringAndSize(NULL, length);
  if (!bytes) return NULL;
  zcg_destination destination = {.struct_size = sizeof destination,
                                 .format = ZCG_FORMAT_RGBA8,
                                 .data = PyBytes_AsString(bytes),
                                 .length = (size_t)length};
  zcg_status status;
  Py_BEGIN_ALLOW_THREADS;
  status = zcg_video_frame_read(source, &destination, &err);
  Py_END_ALLOW_THREADS;
  if (status == ZCG_OK) return bytes;
  Py_DECREF(bytes);
  return zcg_raise(self->module, &err);
}
