/* Surfaces as DMA-BUFs for others. */
#include "zcsw.h"
#include <drm_fourcc.h>
#include <fcntl.h>
#include <va/va_drmcommon.h>

static void separate(const struct surface *surface, VADRMPRIMESurfaceDescriptor *made) {
  bool is_deep = surface->fourcc == VA_FOURCC_P010;
  made->num_layers = 2;
  made->layers[0].drm_format = is_deep ? DRM_FORMAT_R16 : DRM_FORMAT_R8;
  made->layers[1].drm_format = is_deep ? DRM_FORMAT_GR1616 : DRM_FORMAT_GR88;
  for (int i = 0; i < 2; i++) {
    made->layers[i].num_planes = 1;
    made->layers[i].pitch[0] = surface->layout.pitch;
    made->layers[i].offset[0] = i ? surface->layout.chroma : 0;
  }
}

static void composed(const struct surface *surface, VADRMPRIMESurfaceDescriptor *made) {
  made->num_layers = 1;
  made->layers[0].drm_format =
      surface->fourcc == VA_FOURCC_P010 ? DRM_FORMAT_P010 : DRM_FORMAT_NV12;
  made->layers[0].num_planes = 2;
  made->layers[0].pitch[0] = made->layers[0].pitch[1] = surface->layout.pitch;
  made->layers[0].offset[1] = surface->layout.chroma;
}

/* As drivers do, it waits for nothing: what is not decoded yet is not in what is exported. */
static VAStatus export(VADriverContextP va, VASurfaceID number, uint32_t type, uint32_t flags,
                       void *descriptor) {
  ENTER(va);
  const struct faults *faults = &driver->faults;
  bool is_composed = flags & VA_EXPORT_SURFACE_COMPOSED_LAYERS;
  if (faults->no_export || (is_composed ? faults->no_composed : faults->no_separate))
    return VA_STATUS_ERROR_UNIMPLEMENTED;
  if (type != VA_SURFACE_ATTRIB_MEM_TYPE_DRM_PRIME_2)
    return VA_STATUS_ERROR_UNSUPPORTED_MEMORY_TYPE;
  struct surface *surface = table_find(&driver->surfaces, number);
  if (!surface) return VA_STATUS_ERROR_INVALID_SURFACE;
  VADRMPRIMESurfaceDescriptor made = {.fourcc = surface->fourcc,
                                      .width = (uint32_t)surface->width,
                                      .height = (uint32_t)surface->height,
                                      .num_objects = 1};
  made.objects[0].fd = fcntl(surface->memory.fd, F_DUPFD_CLOEXEC, 0);
  if (made.objects[0].fd < 0) return VA_STATUS_ERROR_OPERATION_FAILED;
  made.objects[0].size = faults->no_size ? 0 : (uint32_t)surface->memory.size;
  made.objects[0].drm_format_modifier =
      faults->has_modifier ? faults->modifier : DRM_FORMAT_MOD_LINEAR;
  (is_composed ? composed : separate)(surface, &made);
  *(VADRMPRIMESurfaceDescriptor *)descriptor = made;
  return VA_STATUS_SUCCESS;
}

void add_export(struct VADriverVTable *table) { table->vaExportSurfaceHandle = export; }
