#include "libva.h"
#include "shim.h"

#include <dlfcn.h>

zcav_libva va;

static const struct {
  const char *name;
  size_t offset;
} ENTRIES[] = {
#define ENTRY(name) {#name, offsetof(zcav_libva, name)},
    LIBVA(ENTRY)
#undef ENTRY
};

void *libva_neighbour(const char *library, const char *function, zcav_error *err) {
  void *opened = dlopen(library, RTLD_NOW | RTLD_LOCAL);
  void *found = opened ? dlsym(opened, function) : NULL;
  const char *reason = found ? NULL : dlerror();
  if (!found) fail(err, ZCAV_UNSUPPORTED, "%s", reason ? reason : library);
  return found;
}

zcav_status libva_open(zcav_error *err) {
  static int is_open;
  if (__atomic_load_n(&is_open, __ATOMIC_ACQUIRE)) return ZCAV_OK;
  for (size_t i = 0; i < sizeof ENTRIES / sizeof *ENTRIES; i++) {
    void *function = libva_neighbour("libva.so.2", ENTRIES[i].name, err);
    if (!function) return ZCAV_UNSUPPORTED;
    /* Whoever else opens the library right now stores the same. */
    __atomic_store_n((void **)((char *)&va + ENTRIES[i].offset), function, __ATOMIC_RELAXED);
  }
  __atomic_store_n(&is_open, 1, __ATOMIC_RELEASE);
  return ZCAV_OK;
}

zcav_status libva_fail(zcav_error *err, zcav_status status, VAStatus code, const char *doing) {
  fail(err, status, "%s: %s", doing, va.vaErrorStr(code));
  if (err) err->code = code;
  return status;
}
