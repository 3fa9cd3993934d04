/* Pictures in a device's memory: copied from it, or described for others. */
#include "libva.h"
#include "shim.h"

#include <libavutil/hwcontext_vaapi.h>
#include <unistd.h>
#include <va/va_drmcommon.h>

/* The device's display, and the surface that the picture is in; FAILED for one
 * in memory. */
static zcav_status find(const AVFrame *frame, VADisplay *display, VASurfaceID *surface,
                        zcav_error *err) {
  if (frame->format != AV_PIX_FMT_VAAPI || !frame->hw_frames_ctx)
    return fail(err, ZCAV_FAILED, "the picture is in no device's memory");
  const AVHWFramesContext *pool = (const AVHWFramesContext *)frame->hw_frames_ctx->data;
  *display = ((const AVVAAPIDeviceContext *)pool->device_ctx->hwctx)->display;
  *surface = (VASurfaceID)(uintptr_t)frame->data[3];
  return ZCAV_OK;
}

/* Neither copying nor exporting may come before the device has finished with
 * it. */
static zcav_status wait_for(const AVFrame *frame, VADisplay *display, VASurfaceID *surface,
                            zcav_error *err) {
  zcav_status status = find(frame, display, surface, err);
  if (status != ZCAV_OK) return status;
  VAStatus code = va.vaSyncSurface(*display, *surface);
  if (code == VA_STATUS_SUCCESS) return ZCAV_OK;
  return libva_fail(err, ZCAV_FAILED, code, "waiting for the device");
}

/* -- To memory -- */

static int copy_to(AVFrame *copy, const AVFrame *frame) {
  copy->format = ((const AVHWFramesContext *)frame->hw_frames_ctx->data)->sw_format;
  int code = av.av_hwframe_transfer_data(copy, frame, 0);
  if (code >= 0) code = av.av_frame_copy_props(copy, frame);
  if (code < 0) return code;
  av.av_buffer_unref(&copy->opaque_ref); /* the copy holds no surface */
  return av.av_frame_apply_cropping(copy, AV_FRAME_CROP_UNALIGNED);
}

zcav_status frame_download(const zcav_frame *frame, zcav_frame **copy, zcav_error *err) {
  VADisplay display = NULL;
  VASurfaceID surface = VA_INVALID_SURFACE;
  zcav_status status = wait_for(frame->frame, &display, &surface, err);
  if (status != ZCAV_OK) return status;
  AVFrame *made = av.av_frame_alloc();
  if (!made) return no_memory(err);
  int code = copy_to(made, frame->frame);
  if (code >= 0) return frame_wrap(made, frame->sample_aspect, copy, err);
  av.av_frame_free(&made);
  return fail_code(err, code, "copying from the device");
}

/* -- As DMA-BUFs -- */

static int is_sane(const VADRMPRIMESurfaceDescriptor *exported) {
  if (exported->num_objects > 4 || exported->num_layers > 4) return 0;
  for (uint32_t i = 0; i < exported->num_layers; i++)
    if (exported->layers[i].num_planes > 4) return 0;
  return 1;
}

static void close_all(const VADRMPRIMESurfaceDescriptor *exported) {
  for (uint32_t i = 0; i < exported->num_objects && i < 4; i++)
    close(exported->objects[i].fd);
}

static void describe(const VADRMPRIMESurfaceDescriptor *exported, const AVFrame *frame,
                     zcav_surface *surface) {
  *surface = (zcav_surface){
      .fourcc = exported->fourcc,
      .width = frame->width,
      .height = frame->height,
      .object_count = (int32_t)exported->num_objects,
      .layer_count = (int32_t)exported->num_layers,
  };
  for (uint32_t i = 0; i < exported->num_objects; i++) {
    surface->object[i].fd = exported->objects[i].fd;
    surface->object[i].size = exported->objects[i].size;
    surface->object[i].modifier = exported->objects[i].drm_format_modifier;
  }
  for (uint32_t i = 0; i < exported->num_layers; i++) {
    surface->layer[i].fourcc = exported->layers[i].drm_format;
    surface->layer[i].plane_count = (int32_t)exported->layers[i].num_planes;
    for (uint32_t j = 0; j < exported->layers[i].num_planes; j++) {
      surface->layer[i].plane[j].object = (int32_t)exported->layers[i].object_index[j];
      surface->layer[i].plane[j].offset = exported->layers[i].offset[j];
      surface->layer[i].plane[j].pitch = exported->layers[i].pitch[j];
    }
  }
}

zcav_status frame_export(const zcav_frame *frame, int32_t composed, zcav_surface *surface,
                         zcav_error *err) {
  VADisplay display = NULL;
  VASurfaceID number = VA_INVALID_SURFACE;
  VADRMPRIMESurfaceDescriptor exported = {0};
  if (frame->frame->crop_left || frame->frame->crop_top)
    return fail(err, ZCAV_UNSUPPORTED, "the picture does not begin where its surface does");
  zcav_status status = wait_for(frame->frame, &display, &number, err);
  if (status != ZCAV_OK) return status;
  uint32_t layers =
      composed ? VA_EXPORT_SURFACE_COMPOSED_LAYERS : VA_EXPORT_SURFACE_SEPARATE_LAYERS;
  VAStatus code = va.vaExportSurfaceHandle(display, number, VA_SURFACE_ATTRIB_MEM_TYPE_DRM_PRIME_2,
                                           VA_EXPORT_SURFACE_READ_ONLY | layers, &exported);
  if (code != VA_STATUS_SUCCESS)
    return libva_fail(err, ZCAV_UNSUPPORTED, code, "exporting the device's memory");
  if (!is_sane(&exported)) {
    close_all(&exported);
    return fail(err, ZCAV_FAILED, "the driver exported %u objects and %u layers, four are the most",
                exported.num_objects, exported.num_layers);
  }
  describe(&exported, frame->frame, surface);
  return ZCAV_OK;
}
