#include "native.h"

/* Decoder(codec, extradata, numerator, denominator, threads, backlog, ahead, drops backlog,
 * patience, backend, device, lease budget, context, origin): an empty device is none. */
static PyObject *decoder_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  zcg_module *module = zcg_module_of(type);
  zcg_decoder_options options = {.struct_size = sizeof options};
  Py_ssize_t codec_length, device_length;
  int backend;
  Py_buffer extradata;
  PyObject *context, *origin;
  if (!module ||
      !PyArg_ParseTuple(args, "y#y*iiiiiidiy#iOO:Decoder", &options.codec, &codec_length,
                        &extradata, &options.time_base_numerator, &options.time_base_denominator,
                        &options.threads, &options.backlog, &options.ahead, &options.drops_backlog,
                        &options.patience, &backend, &options.device, &device_length,
                        &options.lease_budget, &context, &origin))
    return NULL;
  if (zcg_context_option(module, context, &options.context) < 0) {
    PyBuffer_Release(&extradata);
    return NULL;
  }
  options.backend = (zcg_backend)backend;
  options.device_length = (size_t)device_length;
  options.codec_length = (size_t)codec_length;
  options.extradata = extradata.buf;
  options.extradata_length = (size_t)extradata.len;
  zcg_error err;
  zcg_status status;
  zcg_decoder handle;
  Py_BEGIN_ALLOW_THREADS;
  status = zcg_decoder_create(&options, &handle, &err);
  Py_END_ALLOW_THREADS;
  PyBuffer_Release(&extradata);
  if (status != ZCG_OK) return zcg_raise(module, &err);
  zcg_py_decoder *self = (zcg_py_decoder *)((allocfunc)PyType_GetSlot(type, Py_tp_alloc))(type, 0);
  if (!self) {
    zcg_decoder_destroy(&handle, NULL);
    return NULL;
  }
  self->module = module;
  self->handle = handle;
  self->context = Py_NewRef(context);
  self->origin = Py_NewRef(origin);
  zcg_trace(module, ZCG_NOUN_DECODER, handle.bits);
  return zcg_logged(module, (PyObject *)self);
}

/* What only a cycle keeps, a callback's closure say, shall be found. */
static int decoder_traverse(zcg_py_decoder *self, visitproc visit, void *arg) {
  Py_VISIT(Py_TYPE((PyObject *)self));
  Py_VISIT(self->context);
  return 0;
}

static void decoder_dealloc(zcg_py_decoder *self) {
  PyObject_GC_UnTrack(self);
  PyTypeObject *type = Py_TYPE((PyObject *)self);
  if (self->handle.bits)
    zcg_warn_dropped("zcgpu.Decoder made at %S was dropped open; close() it, or use `with`",
                     self->origin);
  zcg_decoder_destroy(&self->handle, NULL);
  Py_CLEAR(self->context);
  Py_CLEAR(self->origin);
  freefunc release = (freefunc)PyType_GetSlot(type, Py_tp_free);
  release(self);
  Py_DECREF(type);
}

static int check_decoder(zcg_py_decoder *self) {
  if (self->handle.bits) return 0;
  zcg_raise_text(self->module, ZCG_E_CLOSED, "this decoder is closed");
  return -1;
}

/* _close(): the handle goes first, so that nobody begins anything meanwhile. */
static PyObject *decoder_close(zcg_py_decoder *self, PyObject *unused) {
  zcg_decoder handle = self->handle;
  self->handle.bits = 0;
  Py_BEGIN_ALLOW_THREADS;
  zcg_decoder_close(handle, NULL);
  zcg_decoder_destroy(&handle, NULL);
  Py_END_ALLOW_THREADS;
  Py_RETURN_NONE;
}

/* None for INT64_MIN. 0, or -1 with an exception set. */
static int time_from(zcg_py_decoder *self, PyObject *object, const char *name, int64_t *time) {
  if (object != Py_None)
    return zcg_integer_from(self->module, object, name, ZCG_E_OUT_OF_RANGE, time);
  *time = INT64_MIN;
  return 0;
}

/* _send(bytes, pts, dts, key): times or None; key is -1 where its bits tell. */
static PyObject *decoder_send(zcg_py_decoder *self, PyObject *args) {
  zcg_packet packet = {.struct_size = sizeof packet};
  Py_buffer data;
  PyObject *pts, *dts;
  int key;
  if (!PyArg_ParseTuple(args, "y*OOi:_send", &data, &pts, &dts, &key)) return NULL;
  PyObject *result = NULL;
  if (time_from(self, pts, "pts", &packet.pts) < 0 ||
      time_from(self, dts, "dts", &packet.dts) < 0 || check_decoder(self) < 0)
    goto done;
  packet.is_key = key;
  packet.data = data.buf;
  packet.length = (size_t)data.len;
  zcg_error err;
  zcg_status status;
  int32_t taken;
  zcg_decoder decoder = self->handle;
  Py_BEGIN_ALLOW_THREADS;
  status = zcg_decoder_send(decoder, &packet, &taken, &err);
  Py_END_ALLOW_THREADS;
  result = status == ZCG_OK ? PyBool_FromLong(taken) : zcg_raise(self->module, &err);
done:
  PyBuffer_Release(&data);
  return result;
}

static PyObject *decoder_receive(zcg_py_decoder *self, PyObject *unused) {
  zcg_error err;
  zcg_video_frame frame;
  if (check_decoder(self) < 0) return NULL;
  if (zcg_decoder_receive(self->handle, &frame, &err) != ZCG_OK)
    return zcg_raise(self->module, &err);
  if (!frame.bits) Py_RETURN_NONE;
  return zcg_video_frame_wrap(self->module, frame, self->context);
}

static PyObject *called(zcg_py_decoder *self,
                        zcg_status (*call)(zcg_decoder decoder, zcg_error *err)) {
  zcg_error err;
  zcg_status status;
  if (check_decoder(self) < 0) return NULL;
  zcg_decoder decoder = self->handle;
  Py_BEGIN_ALLOW_THREADS;
  status = call(decoder, &err);
  Py_END_ALLOW_THREADS;
  if (status != ZCG_OK) return zcg_raise(self->module, &err);
  Py_RETURN_NONE;
}

static PyObject *decoder_finish(zcg_py_decoder *self, PyObject *unused) {
  return called(self, zcg_decoder_finish);
}

static PyObject *decoder_flush(zcg_py_decoder *self, PyObject *unused) {
  return called(self, zcg_decoder_flush);
}

static PyObject *decoder_fileno(zcg_py_decoder *self, PyObject *unused) {
  zcg_error err;
  int32_t descriptor;
  if (check_decoder(self) < 0) return NULL;
  if (zcg_decoder_get_descriptor(self->handle, &descriptor, &err) != ZCG_OK)
    return zcg_raise(self->module, &err);
  return PyLong_FromLong(descriptor);
}

/* _wants_keyframe(now) */
static PyObject *decoder_wants_keyframe(zcg_py_decoder *self, PyObject *args) {
  zcg_error err;
  int32_t wants;
  double now;
  if (!PyArg_ParseTuple(args, "d:wants_keyframe", &now) || check_decoder(self) < 0) return NULL;
  if (zcg_decoder_wants_keyframe(self->handle, now, &wants, &err) != ZCG_OK)
    return zcg_raise(self->module, &err);
  return PyBool_FromLong(wants);
}

static PyObject *decoder_report(zcg_py_decoder *self, PyObject *unused) {
  zcg_error err;
  zcg_text json;
  if (check_decoder(self) < 0) return NULL;
  if (zcg_decoder_report(self->handle, &json, &err) != ZCG_OK) return zcg_raise(self->module, &err);
  return zcg_take_text(self->module, json);
}

static PyObject *decoder_ended(zcg_py_decoder *self, void *unused) {
  zcg_error err;
  int32_t ended;
  if (check_decoder(self) < 0) return NULL;
  if (zcg_decoder_has_ended(self->handle, &ended, &err) != ZCG_OK)
    return zcg_raise(self->module, &err);
  return PyBool_FromLong(ended);
}

static PyObject *decoder_closed(zcg_py_decoder *self, void *unused) {
  return PyBool_FromLong(!self->handle.bits);
}

static PyObject *decoder_context(zcg_py_decoder *self, void *unused) {
  return Py_NewRef(self->context);
}

static PyMethodDef decoder_methods[] = {
    {"receive", (PyCFunction)decoder_receive, METH_NOARGS,
     "The next frame, or None while there is none."},
    {"finish", (PyCFunction)decoder_finish, METH_NOARGS,
     "No packet comes any more: what is inside comes out."},
    {"flush", (PyCFunction)decoder_flush, METH_NOARGS,
     "Forget all packets and frames; nothing passes until the next keyframe."},
    {"fileno", (PyCFunction)decoder_fileno, METH_NOARGS,
     "A descriptor to poll: it can be read from while `receive` has something to say. It is the "
     "decoder's, and closed with it."},
    {"_close", (PyCFunction)decoder_close, METH_NOARGS, NULL},
    {"_send", (PyCFunction)decoder_send, METH_VARARGS, NULL},
    {"_wants_keyframe", (PyCFunction)decoder_wants_keyframe, METH_VARARGS, NULL},
    {"_report", (PyCFunction)decoder_report, METH_NOARGS, NULL},
    {0},
};

static PyGetSetDef decoder_getters[] = {
    {"closed", (getter)decoder_closed, NULL, "Whether the decoder is closed.", NULL},
    {"ended", (getter)decoder_ended, NULL,
     "Whether all that was sent before `finish` was received.", NULL},
    {"context", (getter)decoder_context, NULL, "The context that frames are meant for, or None.",
     NULL},
    {0},
};

static PyType_Slot decoder_slots[] = {
    {Py_tp_new, decoder_new},           {Py_tp_dealloc, decoder_dealloc},
    {Py_tp_traverse, decoder_traverse}, {Py_tp_methods, decoder_methods},
    {Py_tp_getset, decoder_getters},    {0, NULL},
};

PyType_Spec zcg_decoder_spec = {
    .name = "zcgpu._native.Decoder",
    .basicsize = sizeof(zcg_py_decoder),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,
    .slots = decoder_slots,
};
