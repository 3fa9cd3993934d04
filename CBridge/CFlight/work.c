#define _GNU_SOURCE
#include "flight.h"

#include <pthread.h>
#include <stdatomic.h>
#include <time.h>

enum { PATIENCE = 1, PATIENCE_WITH_LOADING = 10 }; /* seconds */

/* Who works reads; who forks writes, and is not kept waiting by those who come later. */
static pthread_rwlock_t gate = PTHREAD_RWLOCK_WRITER_NONRECURSIVE_INITIALIZER_NP;
/* How many threads load libraries. */
static atomic_int loading;
/* How often a thread has ended its work, and what that was when a fork waited in vain. */
static atomic_ullong ends, ends_in_vain = UINT64_MAX;

/* How often this thread has begun its work, each time inside the one before. */
static __thread int depth;
static __thread int has_stopped;

void zcf_begin_work(void) {
  if (depth++ == 0) pthread_rwlock_rdlock(&gate);
}

void zcf_end_work(void) {
  if (--depth > 0) return;
  atomic_fetch_add_explicit(&ends, 1, memory_order_relaxed);
  pthread_rwlock_unlock(&gate);
}

int zcf_pause_work(void) {
  const int was = depth;
  if (was > 0) {
    depth = 1;
    zcf_end_work();
  }
  return was;
}

void zcf_go_on_with_work(int was) {
  if (was == 0) return;
  zcf_begin_work();
  depth = was;
}

void zcf_begin_loading(void) { atomic_fetch_add(&loading, 1); }

void zcf_end_loading(void) { atomic_fetch_sub(&loading, 1); }

/* Waits for the gate a second at most. */
static int close_gate(void) {
  struct timespec end;
  clock_gettime(CLOCK_MONOTONIC, &end);
  end.tv_sec += 1;
  return pthread_rwlock_clockwrlock(&gate, CLOCK_MONOTONIC, &end) == 0;
}

int zcf_stop_work(void) {
  if (depth > 0) pthread_rwlock_unlock(&gate);
  has_stopped = pthread_rwlock_trywrlock(&gate) == 0;
  if (has_stopped) return 1;
  /* The last fork waited for the same work. */
  const int is_in_vain = atomic_load(&ends) == atomic_load(&ends_in_vain);
  int waited = is_in_vain ? PATIENCE : 0;
  while (!has_stopped && waited < (atomic_load(&loading) ? PATIENCE_WITH_LOADING : PATIENCE)) {
    has_stopped = close_gate();
    waited++;
  }
  if (!has_stopped) atomic_store(&ends_in_vain, atomic_load(&ends));
  return has_stopped;
}

void zcf_resume_work(void) {
  if (has_stopped) pthread_rwlock_unlock(&gate);
  has_stopped = 0;
  if (depth > 0) pthread_rwlock_rdlock(&gate);
}

void zcf_forget_work(void) {
  const pthread_rwlock_t fresh = PTHREAD_RWLOCK_WRITER_NONRECURSIVE_INITIALIZER_NP;
  gate = fresh;
  atomic_store(&loading, 0);
  has_stopped = 0;
  if (depth > 0) pthread_rwlock_rdlock(&gate);
}
