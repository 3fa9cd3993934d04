#include "native.h"

#include <pthread.h>

zcg_module *zcg_module_of(PyTypeObject *type) {
  for (; type; type = (PyTypeObject *)PyType_GetSlot(type, Py_tp_base)) {
    zcg_module *module = PyType_GetModuleState(type);
    if (module) return module;
    PyErr_Clear(); /* a Python subclass has no module: ask its base */
  }
  PyErr_SetString(PyExc_TypeError, "not a type of zcgpu");
  return NULL;
}

static PyObject *platform_report(PyObject *self, PyObject *unused) {
  zcg_module *module = PyModule_GetState(self);
  zcg_error err;
  zcg_status status;
  zcg_text json;
  Py_BEGIN_ALLOW_THREADS;
  status = zcg_platform_describe(&json, &err);
  Py_END_ALLOW_THREADS;
  return status == ZCG_OK ? zcg_take_text(module, json) : zcg_raise(module, &err);
}

static PyObject *census(PyObject *self, PyObject *unused) {
  zcg_error err;
  zcg_census count;
  if (zcg_census_get(&count, &err) != ZCG_OK) return zcg_raise(PyModule_GetState(self), &err);
  return Py_BuildValue("{s:I,s:I,s:I,s:I,s:I,s:I,s:I,s:I,s:I,s:I,s:I,s:I,s:I,s:I,s:I,s:I}", "texts",
                       count.texts, "contexts", count.contexts, "scenes", count.scenes, "frames",
                       count.frames, "mappings", count.mappings, "references", count.references,
                       "leases", count.leases, "pools", count.pools, "audios", count.audios,
                       "renderers", count.renderers, "videos", count.videos, "video_frames",
                       count.video_frames, "planes", count.planes, "dmabufs", count.dmabufs,
                       "decoders", count.decoders, "pipelines", count.pipelines);
}

static PyObject *use_frame_type(PyObject *self, PyObject *type) {
  zcg_module *module = PyModule_GetState(self);
  if (!PyType_Check(type) || !PyType_IsSubtype((PyTypeObject *)type, module->frame_type)) {
    PyErr_SetString(PyExc_TypeError, "a subclass of _native.Frame is wanted");
    return NULL;
  }
  PyObject *old = module->public_frame;
  module->public_frame = Py_NewRef(type);
  Py_XDECREF(old);
  Py_RETURN_NONE;
}

static PyMethodDef module_methods[] = {
    {"platform_report", platform_report, METH_NOARGS, "Every display tried, as JSON."},
    {"describe_source", (PyCFunction)(void (*)(void))zcg_describe_source, METH_FASTCALL,
     "What fragment, path, vertex, vertex_path say, as JSON."},
    {"translate_source", (PyCFunction)(void (*)(void))zcg_translate_source, METH_FASTCALL,
     "The GLSL of fragment, path, vertex, vertex_path in a dialect, as JSON."},
    {"convert_shadertoy", (PyCFunction)(void (*)(void))zcg_convert_shadertoy, METH_FASTCALL,
     "The ISF of what fragment describes, as JSON."},
    {"check_source", (PyCFunction)(void (*)(void))zcg_check_source, METH_FASTCALL,
     "The warnings for fragment, path, vertex, vertex_path in a dialect, as JSON."},
    {"flight_start", zcg_py_flight_start, METH_VARARGS,
     "Record to path, the last so many events. Gives the path."},
    {"flight_stop", zcg_py_flight_stop, METH_NOARGS, "Record no longer."},
    {"census", census, METH_NOARGS, "How many native objects of each kind live."},
    {"tracing", zcg_tracing, METH_NOARGS, "Whether stacks are kept with new handles."},
    {"set_tracing", zcg_set_tracing, METH_O, "Keep them from now on, or forget them all."},
    {"live", zcg_live, METH_NOARGS, "Every handle that lives, as JSON."},
    {"from_capsule", zcg_from_capsule, METH_VARARGS,
     "What a capsule brings, and where it was taken."},
    {"use_frame_type", use_frame_type, METH_O, "The class that new frames get."},
    {0},
};

static PyTypeObject *add_type(PyObject *self, PyType_Spec *spec) {
  PyTypeObject *type = (PyTypeObject *)PyType_FromModuleAndSpec(self, spec, NULL);
  if (type && PyModule_AddType(self, type) < 0) Py_CLEAR(type);
  return type;
}

/* Once the last interpreter has ended, and before the drivers are unloaded. */
static void end_process(void) { zcg_process_end(NULL); }

static void await_end(void) { Py_AtExit(end_process); }

static int module_exec(PyObject *self) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, await_end);
  zcg_module *module = PyModule_GetState(self);
  if (zcg_abi_version() != ZCG_ABI_VERSION) {
    PyErr_Format(PyExc_ImportError, "zcgpu: the library speaks ABI %u, the module ABI %u",
                 zcg_abi_version(), ZCG_ABI_VERSION);
    return -1;
  }
  if (!(module->context_type = add_type(self, &zcg_context_spec)) ||
      !(module->scene_type = add_type(self, &zcg_scene_spec)) ||
      !(module->inputs_type = add_type(self, &zcg_inputs_spec)) ||
      !(module->frame_type = add_type(self, &zcg_frame_spec)) ||
      !(module->batch_type = add_type(self, &zcg_batch_spec)) ||
      !(module->reference_type = add_type(self, &zcg_reference_spec)) ||
      !(module->view_type = add_type(self, &zcg_view_spec)) ||
      !(module->lease_type = add_type(self, &zcg_lease_spec)) ||
      !(module->pool_type = add_type(self, &zcg_pool_spec)) ||
      !(module->audio_type = add_type(self, &zcg_audio_spec)) ||
      !(module->renderer_type = add_type(self, &zcg_renderer_spec)) ||
      !(module->decoder_type = add_type(self, &zcg_decoder_spec)) ||
      !(module->pipeline_type = add_type(self, &zcg_pipeline_spec)) ||
      !(module->video_type = add_type(self, &zcg_video_spec)) ||
      !(module->video_frame_type = add_type(self, &zcg_video_frame_spec)) ||
      !(module->plane_type = add_type(self, &zcg_plane_spec)) ||
      !(module->dmabuf_type = add_type(self, &zcg_dmabuf_spec)))
    return -1;
  return PyModule_AddIntConstant(self, "abi_version", ZCG_ABI_VERSION);
}

static int module_traverse(PyObject *self, visitproc visit, void *arg) {
  zcg_module *module = PyModule_GetState(self);
  Py_VISIT(module->context_type);
  Py_VISIT(module->scene_type);
  Py_VISIT(module->inputs_type);
  Py_VISIT(module->frame_type);
  Py_VISIT(module->batch_type);
  Py_VISIT(module->reference_type);
  Py_VISIT(module->view_type);
  Py_VISIT(module->lease_type);
  Py_VISIT(module->pool_type);
  Py_VISIT(module->audio_type);
  Py_VISIT(module->renderer_type);
  Py_VISIT(module->decoder_type);
  Py_VISIT(module->pipeline_type);
  Py_VISIT(module->video_type);
  Py_VISIT(module->video_frame_type);
  Py_VISIT(module->plane_type);
  Py_VISIT(module->dmabuf_type);
  Py_VISIT(module->public_frame);
  Py_VISIT(module->public_inputs);
  Py_VISIT(module->public_lease);
  Py_VISIT(module->public_audio);
  Py_VISIT(module->public_video);
  Py_VISIT(module->public_video_frame);
  Py_VISIT(module->public_dmabuf);
  Py_VISIT(module->public_context);
  Py_VISIT(module->make_error);
  Py_VISIT(module->stack);
  Py_VISIT(module->load_picture);
  Py_VISIT(module->load_cube);
  Py_VISIT(module->load_audio);
  Py_VISIT(module->emit);
  return 0;
}

static int module_clear(PyObject *self) {
  zcg_module *module = PyModule_GetState(self);
  Py_CLEAR(module->context_type);
  Py_CLEAR(module->scene_type);
  Py_CLEAR(module->inputs_type);
  Py_CLEAR(module->frame_type);
  Py_CLEAR(module->batch_type);
  Py_CLEAR(module->reference_type);
  Py_CLEAR(module->view_type);
  Py_CLEAR(module->lease_type);
  Py_CLEAR(module->pool_type);
  Py_CLEAR(module->audio_type);
  Py_CLEAR(module->renderer_type);
  Py_CLEAR(module->decoder_type);
  Py_CLEAR(module->pipeline_type);
  Py_CLEAR(module->video_type);
  Py_CLEAR(module->video_frame_type);
  Py_CLEAR(module->plane_type);
  Py_CLEAR(module->dmabuf_type);
  Py_CLEAR(module->public_frame);
  Py_CLEAR(module->public_inputs);
  Py_CLEAR(module->public_lease);
  Py_CLEAR(module->public_audio);
  Py_CLEAR(module->public_video);
  Py_CLEAR(module->public_video_frame);
  Py_CLEAR(module->public_dmabuf);
  Py_CLEAR(module->public_context);
  Py_CLEAR(module->make_error);
  Py_CLEAR(module->stack);
  Py_CLEAR(module->load_picture);
  Py_CLEAR(module->load_cube);
  Py_CLEAR(module->load_audio);
  Py_CLEAR(module->emit);
  return 0;
}

/* One abi3 binary for all versions: 3.11 does not know the second slot. Nothing is changed at run
 * time, where interpreters with GILs of their own may be at it at once. */
enum { SLOT_MULTIPLE_INTERPRETERS = 3, OWN_GIL_SUPPORTED = 2 };
static PyModuleDef_Slot slots_of_3_11[] = {{Py_mod_exec, module_exec}, {0, NULL}};
static PyModuleDef_Slot slots_of_3_12[] = {
    {Py_mod_exec, module_exec},
    {SLOT_MULTIPLE_INTERPRETERS, (void *)OWN_GIL_SUPPORTED},
    {0, NULL},
};

#define MODULE_DEF(slots)                                                                          \
  {                                                                                                \
      PyModuleDef_HEAD_INIT,                                                                       \
      .m_name = "_native",                                                                         \
      .m_doc = "zcgpu's C ABI as Python types. Use the zcgpu package instead.",                    \
      .m_size = sizeof(zcg_module),                                                                \
      .m_methods = module_methods,                                                                 \
      .m_slots = slots,                                                                            \
      .m_traverse = module_traverse,                                                               \
      .m_clear = module_clear,                                                                     \
  }
static struct PyModuleDef def_of_3_11 = MODULE_DEF(slots_of_3_11);
static struct PyModuleDef def_of_3_12 = MODULE_DEF(slots_of_3_12);

PyMODINIT_FUNC PyInit__native(void) {
  return PyModuleDef_Init(Py_Version >= 0x030C0000 ? &def_of_3_12 : &def_of_3_11);
}
