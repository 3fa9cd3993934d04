/* Decoding by a device through VA-API: this build has none of it. */
#include "shim.h"

static zcav_status refuse(zcav_error *err) {
  return fail(err, ZCAV_UNSUPPORTED, "this build decodes on the CPU alone");
}

zcav_status device_join(zcav_decoder *decoder, const AVCodec *codec,
                        const zcav_decoder_options *options, zcav_error *err) {
  (void)codec;
  if (!options->allows_software) return refuse(err);
  copy_name(decoder->reason, sizeof decoder->reason, "this build decodes on the CPU alone");
  return ZCAV_OK;
}

void device_leave(zcav_device *device) { (void)device; }

zcav_status device_admits(zcav_decoder *decoder, zcav_error *err) {
  (void)decoder;
  (void)err;
  return ZCAV_OK;
}

zcav_status frame_download(const zcav_frame *frame, zcav_frame **copy, zcav_error *err) {
  (void)frame;
  (void)copy;
  return refuse(err);
}

zcav_status frame_export(const zcav_frame *frame, int32_t composed, zcav_surface *surface,
                         zcav_error *err) {
  (void)frame;
  (void)composed;
  (void)surface;
  return refuse(err);
}
