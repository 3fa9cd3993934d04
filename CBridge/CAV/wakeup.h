/* wakeup.h: what Swift's Glibc leaves out of the C library: a descriptor to wake pollers by. */
#ifndef ZCAV_WAKEUP_H
#define ZCAV_WAKEUP_H

#include <sys/eventfd.h>

enum { ZCAV_WAKEUP_FLAGS = EFD_NONBLOCK | EFD_CLOEXEC };

#endif
