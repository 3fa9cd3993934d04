/* display.h: a device's VADisplay, with what it was opened through. */
#ifndef ZCAV_DISPLAY_H
#define ZCAV_DISPLAY_H

#include "libva.h"

typedef struct {
  VADisplay display;
  int node; /* the render node, opened for this display alone; -1: an X display
             */
  void *x;  /* the connection to the X server, or NULL */
} zcav_display;

/* Opens a render node by its path, or an X display by its name (":0").
 * UNSUPPORTED where that cannot be had, with libva's words. */
zcav_status display_open(const char *device, zcav_display *display, zcav_error *err);
void display_close(zcav_display *display);

#endif
