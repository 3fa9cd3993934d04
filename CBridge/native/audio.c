#include "native.h"

typedef struct {
  PyObject_HEAD
  zcg_module *module;
  zcg_audio handle;
} zcg_py_audio;

/* A buffer's zcg_sample_format, whatever native byte order mark stands before; 0 for any other. */
static int format_of(const char *format) {
  if (!format) return 0;
  if (*format == '@' || *format == '=' || *format == '<') format++;
  if (!format[0] || format[1]) return 0;
  switch (format[0]) {
    case 'f': return ZCG_SAMPLE_FLOAT32;
    case 'd': return ZCG_SAMPLE_FLOAT64;
    case 'h': return ZCG_SAMPLE_INT16;
    default: return 0;
  }
}

/* The bytes from the first element's first to the last element's last. */
static size_t reach(const Py_buffer *view) {
  size_t length = (size_t)view->itemsize;
  for (int i = 0; i < view->ndim; i++) {
    if (view->shape[i] == 0) return 0;
    if (view->strides[i] > 0) length += (size_t)view->strides[i] * (size_t)(view->shape[i] - 1);
  }
  return length;
}

/* From an array (channels, samples) or (samples,). 0, or -1 with an exception set. */
static int samples_from(zcg_module *module, const Py_buffer *view, zcg_samples *samples) {
  const int format = format_of(view->format);
  if (view->ndim != 1 && view->ndim != 2) {
    zcg_raise_text(module, ZCG_E_BAD_BUFFER,
                   "a sound has %d dimensions; it takes (channels, samples) or (samples,)",
                   view->ndim);
    return -1;
  }
  if (!format) {
    zcg_raise_text(module, ZCG_E_BAD_BUFFER,
                   "a sound has elements of format '%s'; it takes float32, float64 or int16",
                   view->format);
    return -1;
  }
  samples->format = (zcg_sample_format)format;
  const int last = view->ndim - 1;
  samples->channels = last ? view->shape[0] : 1;
  samples->channel_stride = last ? view->strides[0] : 0;
  samples->count = view->shape[last];
  samples->sample_stride = view->strides[last];
  samples->length = reach(view);
  return 0;
}

/* From interleaved bytes of that format and as many channels, whole samples only. */
static void samples_from_bytes(const Py_buffer *view, int format, int channels,
                               zcg_samples *samples) {
  static const int sizes[] = {0, 1, 2, 3, 4, 4, 8};
  const int size = sizes[format];
  samples->format = (zcg_sample_format)format;
  samples->channels = channels;
  samples->count = view->len / (size * channels);
  samples->channel_stride = size;
  samples->sample_stride = size * channels;
  samples->length = (size_t)view->len;
}

static PyObject *audio_of(zcg_module *module, PyTypeObject *type, zcg_audio handle) {
  zcg_py_audio *self = (zcg_py_audio *)((allocfunc)PyType_GetSlot(type, Py_tp_alloc))(type, 0);
  if (!self) {
    zcg_audio_destroy(&handle, NULL);
    return NULL;
  }
  self->module = module;
  self->handle = handle;
  zcg_trace(module, ZCG_NOUN_AUDIO, handle.bits);
  return (PyObject *)self;
}

PyObject *zcg_audio_wrap(zcg_module *module, zcg_audio handle) {
  PyTypeObject *type =
      zcg_lazy_type(&module->public_audio, "zcgpu.audio", "Audio", module->audio_type);
  if (type) return audio_of(module, type, handle);
  zcg_audio_destroy(&handle, NULL);
  return NULL;
}

/* Audio(samples, rate, format, channels): a format of 0 is an array, another one interleaved bytes.
 */
static PyObject *audio_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  zcg_module *module = zcg_module_of(type);
  zcg_samples samples = {.struct_size = sizeof samples};
  PyObject *object;
  int format, channels;
  if (!module || !PyArg_ParseTuple(args, "Odii:Audio", &object, &samples.rate, &format, &channels))
    return NULL;
  if (format < 0 || format > ZCG_SAMPLE_FLOAT64 || (format && channels < 1)) {
    zcg_raise_text(module, ZCG_E_INVALID_ARGUMENT,
                   "there is no format of samples %d, of %d channels", format, channels);
    return NULL;
  }
  Py_buffer view;
  const int flags = format ? PyBUF_SIMPLE : PyBUF_STRIDES | PyBUF_FORMAT;
  if (PyObject_GetBuffer(object, &view, flags) < 0) return NULL;
  if (format)
    samples_from_bytes(&view, format, channels, &samples);
  else if (samples_from(module, &view, &samples) < 0) {
    PyBuffer_Release(&view);
    return NULL;
  }
  samples.data = view.buf;
  zcg_error err;
  zcg_status status;
  zcg_audio handle;
  Py_BEGIN_ALLOW_THREADS;
  status = zcg_audio_create(&samples, &handle, &err);
  Py_END_ALLOW_THREADS;
  PyBuffer_Release(&view);
  return status == ZCG_OK ? audio_of(module, type, handle) : zcg_raise(module, &err);
}

/* Audio._open(path, stream): the sound of a file, by FFmpeg; a stream below 0 is the best. */
static PyObject *audio_open(PyObject *type, PyObject *args) {
  zcg_module *module = zcg_module_of((PyTypeObject *)type);
  const char *path;
  Py_ssize_t length;
  int stream;
  if (!module || !PyArg_ParseTuple(args, "y#i:_open", &path, &length, &stream)) return NULL;
  zcg_error err;
  zcg_status status;
  zcg_audio handle;
  Py_BEGIN_ALLOW_THREADS;
  status = zcg_audio_open(path, (size_t)length, stream, &handle, &err);
  Py_END_ALLOW_THREADS;
  return status == ZCG_OK ? audio_of(module, (PyTypeObject *)type, handle)
                          : zcg_raise(module, &err);
}

/* What only a cycle keeps, a subclass's attributes say, shall be found. */
static int audio_traverse(zcg_py_audio *self, visitproc visit, void *arg) {
  Py_VISIT(Py_TYPE((PyObject *)self));
  return 0;
}

static void audio_dealloc(zcg_py_audio *self) {
  PyObject_GC_UnTrack(self);
  PyTypeObject *type = Py_TYPE((PyObject *)self);
  zcg_audio_destroy(&self->handle, NULL);
  freefunc release = (freefunc)PyType_GetSlot(type, Py_tp_free);
  release(self);
  Py_DECREF(type);
}

int zcg_audio_from(zcg_module *module, PyObject *object, zcg_audio *audio) {
  if (!module->audio_type || !PyObject_TypeCheck(object, module->audio_type)) return 0;
  *audio = ((zcg_py_audio *)object)->handle;
  return 1;
}

static int layout_of(zcg_py_audio *self, zcg_audio_layout *layout) {
  zcg_error err;
  if (zcg_audio_get_layout(self->handle, layout, &err) == ZCG_OK) return 0;
  zcg_raise(self->module, &err);
  return -1;
}

static PyObject *audio_rate(zcg_py_audio *self, void *unused) {
  zcg_audio_layout layout;
  return layout_of(self, &layout) < 0 ? NULL : PyFloat_FromDouble(layout.rate);
}

static PyObject *audio_channels(zcg_py_audio *self, void *unused) {
  zcg_audio_layout layout;
  return layout_of(self, &layout) < 0 ? NULL : PyLong_FromLongLong(layout.channels);
}

static PyObject *audio_duration(zcg_py_audio *self, void *unused) {
  zcg_audio_layout layout;
  return layout_of(self, &layout) < 0 ? NULL
                                      : PyFloat_FromDouble((double)layout.count / layout.rate);
}

static Py_ssize_t audio_length(zcg_py_audio *self) {
  zcg_audio_layout layout;
  return layout_of(self, &layout) < 0 ? -1 : (Py_ssize_t)layout.count;
}

static PyGetSetDef audio_getters[] = {
    {"rate", (getter)audio_rate, NULL, "Samples a second.", NULL},
    {"channels", (getter)audio_channels, NULL, "How many channels there are.", NULL},
    {"duration", (getter)audio_duration, NULL, "Seconds.", NULL},
    {0},
};

static PyMethodDef audio_methods[] = {
    {"_open", audio_open, METH_VARARGS | METH_CLASS, "The sound of a file: path, stream."},
    {0},
};

static PyType_Slot audio_slots[] = {
    {Py_tp_new, audio_new},
    {Py_tp_dealloc, audio_dealloc},
    {Py_tp_traverse, audio_traverse},
    {Py_tp_getset, audio_getters},
    {Py_tp_methods, audio_methods},
    {Py_mp_length, audio_length},
    {0, NULL},
};

PyType_Spec zcg_audio_spec = {
    .name = "zcgpu._native.Audio",
    .basicsize = sizeof(zcg_py_audio),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,
    .slots = audio_slots,
};
