#define _GNU_SOURCE
#include "flight.h"

#include <pthread.h>

/* The lowest address of the thread's stack, asked for once; 1 where it cannot be told. */
static __thread uintptr_t end;

uintptr_t zcf_stack_left(void) {
  const uintptr_t here = (uintptr_t)__builtin_frame_address(0);
  if (end == 0) {
    pthread_attr_t attributes;
    void *lowest = NULL;
    size_t size = 0;
    end = 1;
    if (pthread_getattr_np(pthread_self(), &attributes) == 0) {
      if (pthread_attr_getstack(&attributes, &lowest, &size) == 0 && lowest) {
        end = (uintptr_t)lowest;
      }
      pthread_attr_destroy(&attributes);
    }
  }
  /* Beyond its end, the thread is on a stack of another kind. */
  return end == 1 || here < end ? UINTPTR_MAX : here - end;
}
