/* What can be decoded, and into what. */
#include "zcsw.h"
#include <stdlib.h>
#include <string.h>
#include <va/va_drmcommon.h>

static const struct {
  VAProfile profile;
  unsigned target;
  uint32_t fourcc;
} offers[] = {
    {VAProfileVP9Profile0, VA_RT_FORMAT_YUV420, VA_FOURCC_NV12},
    {VAProfileVP9Profile2, VA_RT_FORMAT_YUV420_10, VA_FOURCC_P010},
};
enum { OFFERS = sizeof offers / sizeof *offers };

uint32_t fourcc_of(unsigned target) {
  for (int i = 0; i < OFFERS; i++)
    if (offers[i].target == target) return offers[i].fourcc;
  return 0;
}

static int offer_of(VAProfile profile) {
  for (int i = 0; i < OFFERS; i++)
    if (offers[i].profile == profile) return i;
  return -1;
}

static VAStatus profiles(VADriverContextP va, VAProfile *list, int *count) {
  (void)va;
  for (int i = 0; i < OFFERS; i++)
    list[i] = offers[i].profile;
  *count = OFFERS;
  return VA_STATUS_SUCCESS;
}

static VAStatus entrypoints(VADriverContextP va, VAProfile profile, VAEntrypoint *list,
                            int *count) {
  (void)va;
  if (offer_of(profile) < 0) return VA_STATUS_ERROR_UNSUPPORTED_PROFILE;
  list[0] = VAEntrypointVLD;
  *count = 1;
  return VA_STATUS_SUCCESS;
}

static VAStatus attributes(VADriverContextP va, VAProfile profile, VAEntrypoint entrypoint,
                           VAConfigAttrib *list, int count) {
  (void)va;
  int offer = offer_of(profile);
  if (offer < 0) return VA_STATUS_ERROR_UNSUPPORTED_PROFILE;
  if (entrypoint != VAEntrypointVLD) return VA_STATUS_ERROR_UNSUPPORTED_ENTRYPOINT;
  for (int i = 0; i < count; i++)
    switch (list[i].type) {
      case VAConfigAttribRTFormat: list[i].value = offers[offer].target; break;
      case VAConfigAttribMaxPictureWidth:
      case VAConfigAttribMaxPictureHeight: list[i].value = LARGEST_SIDE; break;
      default: list[i].value = VA_ATTRIB_NOT_SUPPORTED;
    }
  return VA_STATUS_SUCCESS;
}

static VAStatus create(VADriverContextP va, VAProfile profile, VAEntrypoint entrypoint,
                       VAConfigAttrib *list, int count, VAConfigID *number) {
  (void)list;
  (void)count;
  int offer = offer_of(profile);
  if (offer < 0) return VA_STATUS_ERROR_UNSUPPORTED_PROFILE;
  if (entrypoint != VAEntrypointVLD) return VA_STATUS_ERROR_UNSUPPORTED_ENTRYPOINT;
  ENTER(va);
  struct config *config = calloc(1, sizeof *config);
  if (config) *config = (struct config){.profile = profile, .fourcc = offers[offer].fourcc};
  *number = table_add(&driver->configs, config);
  if (*number) return VA_STATUS_SUCCESS;
  free(config);
  return VA_STATUS_ERROR_ALLOCATION_FAILED;
}

static VAStatus destroy(VADriverContextP va, VAConfigID number) {
  ENTER(va);
  struct config *config = table_take(&driver->configs, number);
  if (!config) return VA_STATUS_ERROR_INVALID_CONFIG;
  free(config);
  return VA_STATUS_SUCCESS;
}

static VAStatus query(VADriverContextP va, VAConfigID number, VAProfile *profile,
                      VAEntrypoint *entrypoint, VAConfigAttrib *list, int *count) {
  ENTER(va);
  struct config *config = table_find(&driver->configs, number);
  if (!config) return VA_STATUS_ERROR_INVALID_CONFIG;
  *profile = config->profile;
  *entrypoint = VAEntrypointVLD;
  list[0].type = VAConfigAttribRTFormat;
  list[0].value = offers[offer_of(config->profile)].target;
  *count = 1;
  return VA_STATUS_SUCCESS;
}

static VASurfaceAttrib attribute(VASurfaceAttribType type, uint32_t flags, uint32_t value) {
  VASurfaceAttrib attribute = {.type = type, .flags = flags};
  attribute.value.type = VAGenericValueTypeInteger;
  attribute.value.value.i = (int)value;
  return attribute;
}

static VAStatus surface_attributes(VADriverContextP va, VAConfigID number, VASurfaceAttrib *list,
                                   unsigned *count) {
  ENTER(va);
  struct config *config = table_find(&driver->configs, number);
  if (!config) return VA_STATUS_ERROR_INVALID_CONFIG;
  const uint32_t get = VA_SURFACE_ATTRIB_GETTABLE, set = get | VA_SURFACE_ATTRIB_SETTABLE;
  const VASurfaceAttrib all[] = {
      attribute(VASurfaceAttribPixelFormat, set, config->fourcc),
      attribute(VASurfaceAttribMinWidth, get, 1),
      attribute(VASurfaceAttribMinHeight, get, 1),
      attribute(VASurfaceAttribMaxWidth, get, LARGEST_SIDE),
      attribute(VASurfaceAttribMaxHeight, get, LARGEST_SIDE),
      attribute(VASurfaceAttribMemoryType, set,
                VA_SURFACE_ATTRIB_MEM_TYPE_VA | VA_SURFACE_ATTRIB_MEM_TYPE_DRM_PRIME_2),
  };
  unsigned room = *count;
  *count = sizeof all / sizeof *all;
  if (!list) return VA_STATUS_SUCCESS;
  if (room < *count) return VA_STATUS_ERROR_MAX_NUM_EXCEEDED;
  memcpy(list, all, sizeof all);
  return VA_STATUS_SUCCESS;
}

void add_configs(struct VADriverVTable *table) {
  table->vaQueryConfigProfiles = profiles;
  table->vaQueryConfigEntrypoints = entrypoints;
  table->vaGetConfigAttributes = attributes;
  table->vaCreateConfig = create;
  table->vaDestroyConfig = destroy;
  table->vaQueryConfigAttributes = query;
  table->vaQuerySurfaceAttributes = surface_attributes;
}
