#define _GNU_SOURCE
#include "flight.h"

#include <pthread.h>
#include <time.h>

/* Who works reads; who forks writes, and is not kept waiting by those who come later. */
static pthread_rwlock_t gate = PTHREAD_RWLOCK_WRITER_NONRECURSIVE_INITIALIZER_NP;
static __thread int is_at_work;
static __thread int has_stopped;

void zcf_begin_work(void) { is_at_work = pthread_rwlock_rdlock(&gate) == 0; }

void zcf_end_work(void) {
  if (is_at_work) pthread_rwlock_unlock(&gate);
  is_at_work = 0;
}

int zcf_is_at_work(void) { return is_at_work; }

int zcf_stop_work(void) {
  struct timespec end;
  clock_gettime(CLOCK_REALTIME, &end);
  end.tv_sec += 1;
  has_stopped = pthread_rwlock_timedwrlock(&gate, &end) == 0;
  return has_stopped;
}

void zcf_resume_work(void) {
  if (has_stopped) pthread_rwlock_unlock(&gate);
  has_stopped = 0;
}

void zcf_forget_work(void) {
  const pthread_rwlock_t fresh = PTHREAD_RWLOCK_WRITER_NONRECURSIVE_INITIALIZER_NP;
  gate = fresh;
  is_at_work = 0;
  has_stopped = 0;
}
