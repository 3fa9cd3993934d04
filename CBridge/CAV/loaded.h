/* loaded.h: which file an address was loaded from. glibc's <dlfcn.h> shows its dladdr only where
 * _GNU_SOURCE was defined before anything else. */
#ifndef ZCAV_LOADED_H
#define ZCAV_LOADED_H

typedef struct {
  const char *file; /* lives as long as the file is loaded */
  void *base;
  const char *symbol;
  void *address;
} zcav_loaded; /* Dl_info */

/* 0: no file has the address. */
int zcav_find_loaded(const void *address, zcav_loaded *loaded) __asm__("dladdr");

#endif
