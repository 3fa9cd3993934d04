#include "faults.h"
#include <stdlib.h>

static bool is_set(const char *name) {
  const char *value = getenv(name);
  return value && *value && *value != '0';
}

static long number(const char *name) {
  const char *value = getenv(name);
  return value ? strtol(value, NULL, 0) : 0;
}

struct faults faults_from_environment(void) {
  const char *modifier = getenv("ZCSW_MODIFIER");
  return (struct faults){
      .no_init = is_set("ZCSW_NO_INIT"),
      .no_export = is_set("ZCSW_NO_EXPORT"),
      .no_composed = is_set("ZCSW_NO_COMPOSED"),
      .no_separate = is_set("ZCSW_NO_SEPARATE"),
      .no_size = is_set("ZCSW_NO_SIZE"),
      .no_derive = is_set("ZCSW_NO_DERIVE"),
      .no_sync = is_set("ZCSW_NO_SYNC"),
      .sync_errors = number("ZCSW_NO_SYNC_AFTER"),
      .is_late = is_set("ZCSW_LATE"),
      .has_modifier = modifier && *modifier,
      .modifier = modifier ? strtoull(modifier, NULL, 0) : 0,
      .decode_errors = number("ZCSW_DECODE_ERRORS"),
      .surfaces = number("ZCSW_SURFACES"),
  };
}
