/* The CPython module `zcgpu._native`: converts, calls one zcg_*, converts back. Never decides. */
#ifndef ZCGPU_NATIVE_H
#define ZCGPU_NATIVE_H

#define PY_SSIZE_T_CLEAN
#ifndef Py_LIMITED_API
#define Py_LIMITED_API 0x030B0000
#endif
#include <Python.h>

#include "zcgpu.h"

/* What the module owns: types, and what the Python side registered. */
typedef struct {
  PyTypeObject *context_type;
  PyTypeObject *scene_type;
  PyTypeObject *inputs_type;
  PyTypeObject *frame_type;
  PyTypeObject *batch_type;
  PyTypeObject *reference_type;
  PyTypeObject *pool_type;
  PyTypeObject *view_type;
  PyTypeObject *lease_type;
  PyTypeObject *audio_type;
  PyTypeObject *renderer_type;
  PyTypeObject *decoder_type;
  PyTypeObject *pipeline_type;
  PyTypeObject *video_type;
  PyTypeObject *video_frame_type;
  PyTypeObject *plane_type;
  PyTypeObject *dmabuf_type;
  PyObject *public_frame;       /* the subclass of frame_type that users see */
  PyObject *public_inputs;      /* zcgpu.inputs.Inputs, once needed */
  PyObject *public_lease;       /* zcgpu.lease.Lease, once needed */
  PyObject *public_audio;       /* zcgpu.audio.Audio, once needed */
  PyObject *public_video;       /* zcgpu.video.Video, once needed */
  PyObject *public_video_frame; /* zcgpu.video_frame.VideoFrame, once needed */
  PyObject *public_dmabuf;      /* zcgpu.dmabuf.Dmabuf, once needed */
  PyObject *public_context;     /* zcgpu.context.Context, once needed */
  PyObject *make_error;         /* zcgpu.errors.make, once needed */
  PyObject *stack;              /* zcgpu.diagnostics._stack, once needed */
  PyObject *load_picture;       /* zcgpu._pictures.load, once needed */
  PyObject *load_cube;          /* zcgpu._pictures.load_cube, once needed */
  PyObject *load_audio;         /* zcgpu.audio.load, once needed */
  PyObject *emit;               /* zcgpu._log.emit, once needed */
} zcg_module;

/* The module of a type of ours, or of a Python subclass of one. */
zcg_module *zcg_module_of(PyTypeObject *type);

/* -- errors.c -- */
/* Raises what `err` reports, and frees its detail. Always returns NULL. */
PyObject *zcg_raise(zcg_module *module, zcg_error *err);
/* Raises the class of `code` with a message of ours. Always returns NULL. */
PyObject *zcg_raise_text(zcg_module *module, zcg_status code, const char *format, ...);
/* The same with a caller's value behind the text and a space. Never as %R: its repr may fail. */
PyObject *zcg_raise_value(zcg_module *module, zcg_status code, PyObject *value, const char *format,
                          ...);
/* A str as UTF-8, which lives as long as the str. NULL with an exception of `code` set where it
 * holds half a surrogate pair. */
const char *zcg_utf8(zcg_module *module, zcg_status code, PyObject *text, Py_ssize_t *length);
/* A str of the text, which is destroyed. */
PyObject *zcg_take_text(zcg_module *module, zcg_text text);
/* Warns that something was dropped open; `format` takes its origin. Nothing for no origin. */
void zcg_warn_dropped(const char *format, PyObject *origin);
/* An attribute of a module of ours, kept in *slot. Borrowed. */
PyObject *zcg_lazy(PyObject **slot, const char *module_name, const char *attribute);
/* As zcg_lazy, for the subclass of `base` that users see: anything else there is a TypeError. */
PyTypeObject *zcg_lazy_type(PyObject **slot, const char *module_name, const char *attribute,
                            PyTypeObject *base);

/* -- context.c -- */
typedef struct {
  PyObject_HEAD
  zcg_module *module;
  zcg_context handle;
  PyObject *origin; /* where it was made, for the warning; None for no warning */
} zcg_py_context;
extern PyType_Spec zcg_context_spec;

/* A Context around the handle, which it takes over, also on failure. It never warns. */
PyObject *zcg_context_wrap(zcg_module *module, zcg_context handle);

/* The context that an option names, or none for None. 0, or -1 with an exception set: it is closed,
 * say. */
int zcg_context_option(zcg_module *module, PyObject *object, zcg_context *context);

/* -- batch.c -- */
extern PyType_Spec zcg_batch_spec;
PyObject *zcg_batch_new(zcg_py_context *context);

/* -- reference.c -- */
extern PyType_Spec zcg_reference_spec;
PyObject *zcg_reference_new(zcg_py_context *context, PyObject *holder);

/* -- numbers.c -- */
/* An integer of 64 bits, which `name` is in messages; `code` is what a larger one is. 0, or -1 with
 * an exception set. */
int zcg_integer_from(zcg_module *module, PyObject *object, const char *name, zcg_status code,
                     int64_t *number);

/* -- pool.c -- */
typedef struct {
  PyObject_HEAD
  zcg_module *module;
  zcg_pool handle;
  PyObject *context; /* keeps the context's object alive */
} zcg_py_pool;
extern PyType_Spec zcg_pool_spec;
/* The handle of an open pool; bits 0 for None. 0, or -1 with an exception set. */
int zcg_pool_from(zcg_module *module, PyObject *object, zcg_pool *pool);

/* -- pixels.c -- */
/* Fills `pixels` from a buffer of shape (H, W, 3 or 4). 0, or -1 with an exception set. */
int zcg_pixels_from(zcg_module *module, const Py_buffer *view, zcg_pixels *pixels);
/* Fills `destination` and the size from a writable buffer of shape (H, W, 4). 0 or -1. */
int zcg_destination_from(zcg_module *module, const Py_buffer *view, zcg_destination *destination,
                         int64_t *width, int64_t *height);

/* -- frame.c -- */
typedef struct {
  PyObject_HEAD
  zcg_module *module;
  zcg_frame handle;
  PyObject *context; /* keeps the context's object alive */
} zcg_py_frame;
extern PyType_Spec zcg_frame_spec;
/* -1 with ClosedError set where the frame is closed. */
int zcg_frame_check(zcg_py_frame *self);
/* Whether `object` is a frame of this module, which is still whole. */
int zcg_is_frame(zcg_module *module, PyObject *object);
/* Takes over the handle, also on failure. */
PyObject *zcg_frame_wrap(zcg_module *module, zcg_frame handle, PyObject *context);

/* -- cube.c -- */
/* _cube(six frames) of a context. */
PyObject *zcg_context_cube(zcg_py_context *self, PyObject *faces);

/* -- view.c -- */
/* What a frame's pixels are made of. */
typedef struct {
  const char *name;   /* NumPy's */
  const char *format; /* the buffer protocol's */
  int32_t size;       /* bytes */
  int32_t channels;   /* of a pixel */
} zcg_element;
const zcg_element *zcg_element_of(zcg_format format);
/* A frame's pixels in memory, to be unmapped. */
typedef struct {
  uint64_t id;
  const void *data;
  size_t length;
  const zcg_element *element;
  int ndim; /* 2 where a pixel has one component, else 3 */
  Py_ssize_t shape[3];
  Py_ssize_t strides[3]; /* bytes */
} zcg_mapping;
/* Reads the frame back where that was not done before, without the GIL. 0 or -1. */
int zcg_mapping_take(zcg_py_frame *frame, zcg_mapping *mapping);
extern PyType_Spec zcg_view_spec;
/* The buffer protocol of frames: the view is the exporter, and keeps the pixels alone. */
int zcg_view_getbuffer(zcg_py_frame *frame, Py_buffer *view, int flags);

/* -- dlpack.c -- */
/* Pixels in memory, rows of adjacent ones, as long as `let_go` has not been called. */
typedef struct {
  uint64_t keep;
  void (*let_go)(uint64_t keep); /* on any thread, without the GIL */
  const void *data;
  int ndim;
  Py_ssize_t shape[3];
  Py_ssize_t strides[3]; /* bytes */
  int item;              /* bytes of a sample */
  int is_float;
} zcg_tensor;
/* What a consumer asks for. */
typedef struct {
  int is_versioned; /* it knows DLPack 1.0, and with it that pixels may be read-only */
  int is_copy;
} zcg_dlpack_wish;
/* The arguments of __dlpack__ of a `noun`. 0, or -1 with an exception set. */
int zcg_dlpack_wish_from(zcg_module *module, const char *noun, PyObject *args, PyObject *kwargs,
                         zcg_dlpack_wish *wish);
/* A capsule; takes over what keeps the pixels, also on failure. */
PyObject *zcg_dlpack_export(const zcg_tensor *tensor, zcg_dlpack_wish wish);
/* (1, 0): memory. */
PyObject *zcg_dlpack_memory(PyObject *self, PyObject *unused);
PyObject *zcg_frame_dlpack(zcg_py_frame *self, PyObject *args, PyObject *kwargs);

/* -- lease.c -- */
typedef struct {
  PyObject_HEAD
  zcg_module *module;
  zcg_lease handle;
  PyObject *context; /* keeps the context's object alive */
  PyObject *origin;  /* where it was taken, for the warning */
  int is_passed;     /* it was used up by pass_to, not by release */
} zcg_py_lease;
extern PyType_Spec zcg_lease_spec;
/* Takes over the handle, also on failure. */
PyObject *zcg_lease_wrap(zcg_module *module, zcg_lease handle, PyObject *context, PyObject *origin);
int zcg_lease_check(zcg_py_lease *self);
/* _lease(role, origin) of a frame. */
PyObject *zcg_frame_lease(zcg_py_frame *self, PyObject *args);
/* {role: count}, only what is not 0. */
PyObject *zcg_holders_dict(const zcg_holders *holders);

/* -- trace.c -- */
/* While the process traces: keeps Python's stack with a new handle. Raises nothing. */
void zcg_trace(zcg_module *module, zcg_noun noun, uint64_t handle);
PyObject *zcg_tracing(PyObject *self, PyObject *unused);
PyObject *zcg_set_tracing(PyObject *self, PyObject *on);
/* Everything that lives, as JSON. */
PyObject *zcg_live(PyObject *self, PyObject *unused);

/* -- capsule.c -- */
/* _capsule(owned) */
PyObject *zcg_frame_capsule(zcg_py_frame *self, PyObject *owned);
PyObject *zcg_lease_capsule(zcg_py_lease *self, PyObject *owned);
/* from_capsule(capsule, origin) */
PyObject *zcg_from_capsule(PyObject *self, PyObject *args);

/* -- audio.c -- */
extern PyType_Spec zcg_audio_spec;
/* 1 and its handle where `object` is a sound of this module, else 0. */
int zcg_audio_from(zcg_module *module, PyObject *object, zcg_audio *audio);
/* Takes over the handle, also on failure. */
PyObject *zcg_audio_wrap(zcg_module *module, zcg_audio handle);

/* -- decoder.c -- */
/* Decodes packets that a program feeds by hand. */
typedef struct {
  PyObject_HEAD
  zcg_module *module;
  zcg_decoder handle;
  PyObject *context; /* the one its frames are for, or None */
  PyObject *origin;  /* where it was made, for the warning */
} zcg_py_decoder;
extern PyType_Spec zcg_decoder_spec;

/* -- pipeline.c -- */
extern PyType_Spec zcg_pipeline_spec;

/* -- renderer.c -- */
extern PyType_Spec zcg_renderer_spec;
/* (fit, x, y, width, height, background, sample aspect): no viewport where its width is below 0, no
 * background where that is None. 0, or -1 with an exception set. */
int zcg_draw_options_from(PyObject *tuple, zcg_draw_options *options);
/* Borrows a renderer's handle: 0, or -1 with an exception set. */
int zcg_renderer_from(zcg_module *module, PyObject *object, zcg_renderer *renderer);

/* -- video.c -- */
typedef struct {
  PyObject_HEAD
  zcg_module *module;
  zcg_video handle;
  PyObject *context; /* the one its frames are for, or None */
  PyObject *origin;  /* where it was opened, for the warning */
} zcg_py_video;
extern PyType_Spec zcg_video_spec;
/* Takes the handle over, whatever becomes of it. */
PyObject *zcg_video_wrap(zcg_module *module, zcg_video handle, PyObject *context);
int zcg_is_video(zcg_module *module, PyObject *object);
/* Borrows a video's handle: 0, or -1 with an exception set where it is closed. */
int zcg_video_from(zcg_module *module, PyObject *object, zcg_video *video);

/* -- video_frame.c -- */
typedef struct {
  PyObject_HEAD
  zcg_module *module;
  zcg_video_frame handle;
  PyObject *context; /* its video's, or None */
} zcg_py_video_frame;
extern PyType_Spec zcg_video_frame_spec;
/* Takes over the handle, also on failure. */
PyObject *zcg_video_frame_wrap(zcg_module *module, zcg_video_frame handle, PyObject *context);
/* -1 with ClosedError set where the frame is closed. */
int zcg_video_frame_check(zcg_py_video_frame *self);
/* lease.c: _lease(role, origin) */
PyObject *zcg_video_frame_lease(zcg_py_video_frame *self, PyObject *args);
/* capsule.c: _capsule(owned) */
PyObject *zcg_video_frame_capsule(zcg_py_video_frame *self, PyObject *owned);

/* -- plane.c -- */
extern PyType_Spec zcg_plane_spec;
/* A plane of a frame that is open. */
PyObject *zcg_plane_take(zcg_py_video_frame *frame, int number);

/* -- dmabuf.c -- */
extern PyType_Spec zcg_dmabuf_spec;
/* _import_dmabuf(planes, width, height, fourcc, modifier, matrix, range, siting) */
PyObject *zcg_context_import_dmabuf(zcg_py_context *self, PyObject *args);
PyObject *zcg_context_fence_fd(zcg_py_context *self, PyObject *unused);
/* _dmabuf(origin) of a frame. */
PyObject *zcg_frame_dmabuf(zcg_py_frame *self, PyObject *origin);
PyObject *zcg_video_frame_dmabuf(zcg_py_video_frame *self, PyObject *origin);

/* -- video_picture.c -- */
PyObject *zcg_video_frame_rgb(zcg_py_video_frame *self, PyObject *context);
PyObject *zcg_video_frame_texture(zcg_py_video_frame *self, PyObject *const *args,
                                  Py_ssize_t count);
PyObject *zcg_video_frame_rgba(zcg_py_video_frame *self, PyObject *unused);

/* -- inputs.c -- */
/* Owns the scene's handle, so that neither needs the other to stay alive. */
typedef struct {
  PyObject_HEAD
  zcg_module *module;
  zcg_scene scene;
  PyObject *context;
  PyObject *names;  /* dict: name -> index, in order; another dict with each edition */
  uint32_t edition; /* the scene's edition that has these names */
} zcg_py_inputs;
extern PyType_Spec zcg_inputs_spec;
/* Takes over the handle, also on failure. */
PyObject *zcg_inputs_wrap(zcg_module *module, zcg_scene scene, PyObject *context);

/* Whether the scene is in another edition than the names, which are read anew then: 1, 0, or -1
 * with an exception set. 0 for a scene that is closed. */
int zcg_inputs_renew(zcg_py_inputs *inputs);
/* What to do about a call with these values that failed: 1 to make it again, with the values found
 * again, since they are of an edition that has ended; otherwise -1, with the exception that `err`
 * reports set. */
int zcg_inputs_retry(zcg_py_inputs *inputs, const zcg_value *values, uint32_t count,
                     zcg_error *err);

/* -- values.c -- */
/* Converts `object` for the input `name`. *keep receives a reference to release after the call
 * that uses the value, or NULL. 0, or -1 with an exception set. */
int zcg_value_from(zcg_py_inputs *inputs, PyObject *name, PyObject *object, zcg_value *value,
                   PyObject **keep);
/* Which input of the scene's edition the value is for. Runs no code of the program's. 0 or -1. */
int zcg_value_find(zcg_py_inputs *inputs, PyObject *name, zcg_value *value);
/* Several values for one call. */
typedef struct {
  zcg_value *values;
  uint32_t count;
  PyObject *items; /* their names and what they were made from */
  PyObject *keep;  /* what they borrow */
} zcg_py_values;
/* From a mapping of names. 0, or -1 with an exception set. */
int zcg_values_from(zcg_py_inputs *inputs, PyObject *mapping, zcg_py_values *values);
/* As zcg_inputs_retry, with the values found again. */
int zcg_values_retry(zcg_py_inputs *inputs, zcg_py_values *values, zcg_error *err);
void zcg_values_release(zcg_py_values *values);

/* -- source.c -- */
/* An author's files; the block borrows from the views. */
typedef struct {
  zcg_scene_source block;
  Py_buffer fragment;
  Py_buffer vertex;
} zcg_py_source;
/* From fragment, path, vertex, vertex_path: bytes and str, or None. 0, or -1 with an exception. */
int zcg_source_take(PyObject *const *args, zcg_py_source *source);
void zcg_source_release(zcg_py_source *source);
PyObject *zcg_describe_source(PyObject *self, PyObject *const *args, Py_ssize_t count);
PyObject *zcg_translate_source(PyObject *self, PyObject *const *args, Py_ssize_t count);
PyObject *zcg_convert_shadertoy(PyObject *self, PyObject *const *args, Py_ssize_t count);
PyObject *zcg_check_source(PyObject *self, PyObject *const *args, Py_ssize_t count);

/* -- flight.c -- */
PyObject *zcg_py_flight_start(PyObject *self, PyObject *args);
PyObject *zcg_py_flight_stop(PyObject *self, PyObject *unused);

/* -- log.c -- */
/* `result`, or the exception that is set, once all that waits for the Python logger is there. */
PyObject *zcg_logged(zcg_module *module, PyObject *result);

/* -- scene.c -- */
/* A scene: its handle lives in its inputs. */
typedef struct {
  PyObject_HEAD
  zcg_module *module;
  zcg_py_inputs *inputs;
} zcg_py_scene;
extern PyType_Spec zcg_scene_spec;
int zcg_scene_check(zcg_py_scene *self);

/* -- import.c -- */
/* _import_count() */
PyObject *zcg_scene_import_count(zcg_py_scene *self, PyObject *unused);
/* _set_import(index, frame) */
PyObject *zcg_scene_give_import(zcg_py_scene *self, PyObject *const *args, Py_ssize_t count);

#endif
