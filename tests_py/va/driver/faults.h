/* What a driver may do wrong, by environment variables that are read when a display is opened. */
#ifndef ZCSW_FAULTS_H
#define ZCSW_FAULTS_H

#include <stdbool.h>
#include <stdint.h>

struct faults {
  bool no_init;      /* ZCSW_NO_INIT: the driver does not start */
  bool no_export;    /* ZCSW_NO_EXPORT: vaExportSurfaceHandle is not there */
  bool no_composed;  /* ZCSW_NO_COMPOSED: it has no composed layers */
  bool no_separate;  /* ZCSW_NO_SEPARATE: it has no separate layers */
  bool no_size;      /* ZCSW_NO_SIZE: it tells sizes of 0, as AMD's does */
  bool no_derive;    /* ZCSW_NO_DERIVE: vaDeriveImage is not there */
  bool no_sync;      /* ZCSW_NO_SYNC: waiting for a surface fails */
  long sync_errors;  /* ZCSW_NO_SYNC_AFTER=n: so does each wait after the n-th; 0: none */
  bool is_late;      /* ZCSW_LATE: pictures are decoded when somebody waits for them, no sooner */
  bool has_modifier; /* ZCSW_MODIFIER=0x…: what exports say of the tiling */
  uint64_t modifier;
  long decode_errors; /* ZCSW_DECODE_ERRORS=n: pictures from the n-th on (from 1) fail; 0: none */
  long surfaces;      /* ZCSW_SURFACES=n: so many can be made at once; 0: any number */
};

struct faults faults_from_environment(void);

#endif
