/* What an event costs that the flight recorder writes: off, on one thread, on two at once.
 *
 *   mkdir -p .build/bench
 *   cc -O2 -fPIC -shared -ICBridge/CFlight/include CBridge/CFlight/ring.c CBridge/CFlight/tail.c \
 *       -o .build/bench/libflight.so
 *   cc -O2 -ICBridge/CFlight/include benchmarks/flight.c -L.build/bench -lflight \
 *       -Wl,-rpath,'$ORIGIN' -pthread -o .build/bench/flight
 *   .build/bench/flight .build/bench/ring
 *
 * The ring is in a shared library, as in the extension.
 * Two threads meet before each round, and a round counts when each had a processor of its own
 * for all of it: on a busy machine few do. Figures are each thread's processor time.
 */
#define _GNU_SOURCE
#include "flight.h"

#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum { EVENTS = 4000, ROUNDS = 10000, LOG2_CAPACITY = 16 };

static double begun[2], ended[2], cost[2]; /* nanoseconds */
static int arrivals;

static double clock_of(clockid_t clock) {
  struct timespec time;
  clock_gettime(clock, &time);
  return (double)time.tv_sec * 1e9 + (double)time.tv_nsec;
}

static void play(int thread) {
  double cpu = clock_of(CLOCK_THREAD_CPUTIME_ID);
  begun[thread] = clock_of(CLOCK_MONOTONIC);
  for (uint64_t n = 0; n < EVENTS; n++)
    if (zcf_who_listens())
      zcf_write((zcf_note){.context = 1, .generation = 1, .object = n, .bytes = 64, .event = 8});
  ended[thread] = clock_of(CLOCK_MONOTONIC);
  cost[thread] = clock_of(CLOCK_THREAD_CPUTIME_ID) - cpu;
}

static void meet(void) {
  int all = (__atomic_add_fetch(&arrivals, 1, __ATOMIC_ACQ_REL) + 1) & ~1;
  for (int n = 0; __atomic_load_n(&arrivals, __ATOMIC_ACQUIRE) < all; n++)
    if (n > 20000) sched_yield();
}

static void *play_along(void *unused) {
  for (int round = 0; round < ROUNDS; round++) {
    meet();
    play(1);
    meet();
  }
  return unused;
}

/* Whether both had a processor of their own at the same time. */
static int was_parallel(void) {
  double first = begun[0] > begun[1] ? begun[0] : begun[1];
  double last = ended[0] < ended[1] ? ended[0] : ended[1];
  for (int thread = 0; thread < 2; thread++) {
    double wall = ended[thread] - begun[thread];
    if (last - first < 0.9 * wall || cost[thread] < 0.95 * wall) return 0;
  }
  return 1;
}

static int compare(const void *a, const void *b) {
  double first = *(const double *)a, second = *(const double *)b;
  return (first > second) - (first < second);
}

static void report(const char *what, double *samples, int count) {
  if (!count) {
    printf("%-34s no round in which both had a processor: try again\n", what);
    return;
  }
  qsort(samples, (size_t)count, sizeof *samples, compare);
  printf("%-34s median %5.1f ns, 90 %% below %5.1f ns, of %d\n", what, samples[count / 2],
         samples[count * 9 / 10], count);
}

static void alone(const char *what) {
  static double samples[ROUNDS];
  for (int round = 0; round < ROUNDS; round++) {
    play(0);
    samples[round] = cost[0] / EVENTS;
  }
  report(what, samples, ROUNDS);
}

int main(int count, char **arguments) {
  static char names[ZCF_NAMES * ZCF_NAME_BYTES];
  static double samples[2 * ROUNDS];
  if (count != 2) {
    fprintf(stderr, "usage: flight FILE (where to put the ring)\n");
    return 2;
  }
  alone("off");
  int file = open(arguments[1], O_RDWR | O_CREAT | O_TRUNC, 0666);
  off_t bytes = ZCF_HEADER_BYTES + ((off_t)sizeof(zcf_record) << LOG2_CAPACITY);
  if (file < 0 || posix_fallocate(file, 0, bytes) || zcf_map(file, LOG2_CAPACITY, 0, names)) {
    fprintf(stderr, "flight: cannot make a ring at %s\n", arguments[1]);
    return 1;
  }
  zcf_begin(arguments[1]);
  alone("on, one thread");
  pthread_t other;
  int parallel = 0;
  pthread_create(&other, NULL, play_along, NULL);
  for (int round = 0; round < ROUNDS; round++) {
    meet();
    play(0);
    meet();
    if (!was_parallel()) continue;
    for (int thread = 0; thread < 2; thread++)
      samples[parallel++] = cost[thread] / EVENTS;
  }
  pthread_join(other, NULL);
  report("on, two threads at once, for each", samples, parallel);
  zcf_end();
  return 0;
}
