/* What libva insists on and this driver has not. */
#include "zcsw.h"

static VAStatus put_surface(VADriverContextP va, VASurfaceID surface, void *draw, short x, short y,
                            unsigned short width, unsigned short height, short to_x, short to_y,
                            unsigned short to_width, unsigned short to_height, VARectangle *clips,
                            unsigned count, unsigned flags) {
  (void)va, (void)surface, (void)draw, (void)x, (void)y, (void)width, (void)height, (void)to_x;
  (void)to_y, (void)to_width, (void)to_height, (void)clips, (void)count, (void)flags;
  return VA_STATUS_ERROR_UNIMPLEMENTED;
}

static VAStatus set_palette(VADriverContextP va, VAImageID image, unsigned char *palette) {
  (void)va, (void)image, (void)palette;
  return VA_STATUS_ERROR_UNIMPLEMENTED;
}

static VAStatus put_image(VADriverContextP va, VASurfaceID surface, VAImageID image, int x, int y,
                          unsigned width, unsigned height, int to_x, int to_y, unsigned to_width,
                          unsigned to_height) {
  (void)va, (void)surface, (void)image, (void)x, (void)y, (void)width, (void)height, (void)to_x;
  (void)to_y, (void)to_width, (void)to_height;
  return VA_STATUS_ERROR_UNIMPLEMENTED;
}

static VAStatus subpicture_formats(VADriverContextP va, VAImageFormat *list, unsigned *flags,
                                   unsigned *count) {
  (void)va, (void)list, (void)flags;
  *count = 0;
  return VA_STATUS_SUCCESS;
}

static VAStatus create_subpicture(VADriverContextP va, VAImageID image, VASubpictureID *number) {
  (void)va, (void)image, (void)number;
  return VA_STATUS_ERROR_UNIMPLEMENTED;
}

static VAStatus destroy_subpicture(VADriverContextP va, VASubpictureID number) {
  (void)va, (void)number;
  return VA_STATUS_ERROR_UNIMPLEMENTED;
}

static VAStatus set_image(VADriverContextP va, VASubpictureID number, VAImageID image) {
  (void)va, (void)number, (void)image;
  return VA_STATUS_ERROR_UNIMPLEMENTED;
}

static VAStatus set_chromakey(VADriverContextP va, VASubpictureID number, unsigned least,
                              unsigned most, unsigned mask) {
  (void)va, (void)number, (void)least, (void)most, (void)mask;
  return VA_STATUS_ERROR_UNIMPLEMENTED;
}

static VAStatus set_alpha(VADriverContextP va, VASubpictureID number, float alpha) {
  (void)va, (void)number, (void)alpha;
  return VA_STATUS_ERROR_UNIMPLEMENTED;
}

static VAStatus associate(VADriverContextP va, VASubpictureID number, VASurfaceID *surfaces,
                          int count, short x, short y, unsigned short width, unsigned short height,
                          short to_x, short to_y, unsigned short to_width, unsigned short to_height,
                          unsigned flags) {
  (void)va, (void)number, (void)surfaces, (void)count, (void)x, (void)y, (void)width, (void)height;
  (void)to_x, (void)to_y, (void)to_width, (void)to_height, (void)flags;
  return VA_STATUS_ERROR_UNIMPLEMENTED;
}

static VAStatus deassociate(VADriverContextP va, VASubpictureID number, VASurfaceID *surfaces,
                            int count) {
  (void)va, (void)number, (void)surfaces, (void)count;
  return VA_STATUS_ERROR_UNIMPLEMENTED;
}

static VAStatus display_attributes(VADriverContextP va, VADisplayAttribute *list, int *count) {
  (void)va, (void)list;
  *count = 0;
  return VA_STATUS_SUCCESS;
}

static VAStatus no_display_attributes(VADriverContextP va, VADisplayAttribute *list, int count) {
  (void)va, (void)list, (void)count;
  return VA_STATUS_ERROR_UNIMPLEMENTED;
}

void add_refusals(struct VADriverVTable *table) {
  table->vaPutSurface = put_surface;
  table->vaSetImagePalette = set_palette;
  table->vaPutImage = put_image;
  table->vaQuerySubpictureFormats = subpicture_formats;
  table->vaCreateSubpicture = create_subpicture;
  table->vaDestroySubpicture = destroy_subpicture;
  table->vaSetSubpictureImage = set_image;
  table->vaSetSubpictureChromakey = set_chromakey;
  table->vaSetSubpictureGlobalAlpha = set_alpha;
  table->vaAssociateSubpicture = associate;
  table->vaDeassociateSubpicture = deassociate;
  table->vaQueryDisplayAttributes = display_attributes;
  table->vaGetDisplayAttributes = no_display_attributes;
  table->vaSetDisplayAttributes = no_display_attributes;
}
