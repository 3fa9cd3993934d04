#include "display.h"
#include "shim.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

enum { DRM_MAJOR = 226 };

/* -- A render node -- */

/* Looked at before it is opened, since opening some devices does something. */
static zcav_status require_node(const char *path, zcav_error *err) {
  struct stat facts;
  if (stat(path, &facts)) return fail(err, ZCAV_UNSUPPORTED, "%s: %s", path, strerror(errno));
  if (S_ISCHR(facts.st_mode) && major(facts.st_rdev) == DRM_MAJOR) return ZCAV_OK;
  return fail(err, ZCAV_UNSUPPORTED, "%s is no GPU's render node (/dev/dri/renderD128, say)", path);
}

/* A descriptor of its own: one that is shared with the importer of a surface
 * gives both the same handle of its memory, and who frees it first takes it
 * from the other. */
static zcav_status open_node(const char *path, zcav_display *display, zcav_error *err) {
  __typeof__(vaGetDisplayDRM) *get = libva_neighbour("libva-drm.so.2", "vaGetDisplayDRM", err);
  if (!get) return ZCAV_UNSUPPORTED;
  zcav_status status = require_node(path, err);
  if (status != ZCAV_OK) return status;
  display->node = open(path, O_RDWR | O_CLOEXEC | O_NOCTTY);
  if (display->node < 0) return fail(err, ZCAV_UNSUPPORTED, "%s: %s", path, strerror(errno));
  display->display = get(display->node);
  return ZCAV_OK;
}

/* -- An X display -- */

typedef void *open_x(const char *name);
typedef int close_x(void *x);
typedef int socket_of_x(void *x);
typedef VADisplay get_x(void *x);
static const char XLIB[] = "libX11.so.6";

static zcav_status open_server(const char *name, zcav_display *display, zcav_error *err) {
  get_x *get = (get_x *)libva_neighbour("libva-x11.so.2", "vaGetDisplay", err);
  open_x *connect = get ? (open_x *)libva_neighbour(XLIB, "XOpenDisplay", err) : NULL;
  if (!connect) return ZCAV_UNSUPPORTED;
  display->x = connect(name);
  if (!display->x) return fail(err, ZCAV_UNSUPPORTED, "there is no X display %s", name);
  display->display = get(display->x);
  return ZCAV_OK;
}

/* Xlib ends the process where it finds the server gone: the connection is left alone then, but for
 * its socket. */
static void leave_server(void *x) {
  socket_of_x *socket_of = (socket_of_x *)libva_neighbour(XLIB, "XConnectionNumber", NULL);
  close_x *disconnect = (close_x *)libva_neighbour(XLIB, "XCloseDisplay", NULL);
  if (!socket_of || !disconnect) return;
  struct pollfd socket = {.fd = socket_of(x)};
  if (poll(&socket, 1, 0) > 0 && socket.revents & (POLLHUP | POLLERR | POLLNVAL))
    close(socket.fd);
  else
    disconnect(x);
}

/* -- libva's words -- */

typedef struct { char text[256]; } words;

static void keep(void *context, const char *message) {
  words *kept = context;
  snprintf(kept->text, sizeof kept->text, "%s", message);
  kept->text[strcspn(kept->text, "\n")] = 0;
}

/* What libva would print is kept for the error, or is nobody's business. */
static zcav_status start(zcav_display *display, const char *device, zcav_error *err) {
  int major_version, minor_version;
  words said = {""};
  if (!display->display) return fail(err, ZCAV_UNSUPPORTED, "%s: libva does not know it", device);
  va.vaSetInfoCallback(display->display, NULL, NULL);
  va.vaSetErrorCallback(display->display, keep, &said);
  VAStatus code = va.vaInitialize(display->display, &major_version, &minor_version);
  va.vaSetErrorCallback(display->display, NULL, NULL);
  if (code == VA_STATUS_SUCCESS) return ZCAV_OK;
  fail(err, ZCAV_UNSUPPORTED, "%s: libva has no driver for it: %s%s%s", device, va.vaErrorStr(code),
       *said.text ? ": " : "", said.text);
  if (err) err->code = code;
  return ZCAV_UNSUPPORTED;
}

zcav_status display_open(const char *device, zcav_display *display, zcav_error *err) {
  *display = (zcav_display){.node = -1};
  zcav_status status = libva_open(err);
  if (status != ZCAV_OK) return status;
  int is_server = *device != '/' && strchr(device, ':');
  status = (is_server ? open_server : open_node)(device, display, err);
  if (status == ZCAV_OK) status = start(display, device, err);
  if (status != ZCAV_OK) display_close(display);
  return status;
}

void display_close(zcav_display *display) {
  if (display->display) va.vaTerminate(display->display);
  if (display->node >= 0) close(display->node);
  if (display->x) leave_server(display->x);
  *display = (zcav_display){.node = -1};
}
