#define _GNU_SOURCE
#include "flight.h"

#include <errno.h>
#include <pthread.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

uint32_t zcf_listeners;

/* Where rings of one capacity are mapped. Addresses are never given back: when a recording ends,
 * plain memory takes the file's place. So a thread that was just about to write hits memory and
 * not a hole, and nobody has to count the writers. */
typedef struct {
  zcf_header *base;
  zcf_record *records;
  size_t bytes;
  uint64_t mask;
  uint64_t most;      /* that a thread may claim at a time */
  uint64_t recording; /* 1 for the process's first, 2 for the next */
} place;
static place places[ZCF_LARGEST + 1];
static place *current;

/* What a thread has claimed: up to MOST indices at a time, since an add that every processor makes
 * at every event costs more than all the rest. It claims twice as many as before only once it has
 * used those up in time, so that of what it claims it uses half at least; and what it claims is
 * good for so long only: what it writes late shall not lie among what is soon overwritten. */
enum { MOST = 64, AHEAD = 12, GOOD_FOR = 1000000 /* nanoseconds */ };
static _Thread_local struct {
  uint64_t recording;
  uint64_t next, end, until, size;
  uint32_t number;
} thread;
static uint64_t recordings;

uint64_t zcf_now(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

void zcf_listen(uint32_t bits) { __atomic_fetch_or(&zcf_listeners, bits, __ATOMIC_RELEASE); }
void zcf_ignore(uint32_t bits) { __atomic_fetch_and(&zcf_listeners, ~bits, __ATOMIC_RELEASE); }

const char *zcf_reason(int code) { return strerrordesc_np(code); }

/* Asks for a record's cache line, which another processor may have written last: that takes longer
 * than all the rest. */
static inline void own(const zcf_record *record) {
#ifdef __x86_64__
  __asm__ volatile("prefetchw %0" : : "m"(*record)); /* the builtin asks for reading only */
#else
  __builtin_prefetch(record, 1);
#endif
}

/* The place of a record that is this thread's alone; *whole is its sequence when written. */
static zcf_record *claim(place *ring, uint64_t now, uint64_t *whole) {
  uint64_t recording = __atomic_load_n(&ring->recording, __ATOMIC_RELAXED);
  zcf_record *record;
  uint64_t seen;
  do {
    int is_late = now > thread.until || thread.recording != recording;
    if (is_late || thread.next == thread.end) {
      thread.size = is_late ? 1 : thread.size < ring->most ? 2 * thread.size : ring->most;
      thread.next = __atomic_fetch_add(&ring->base->next, thread.size, __ATOMIC_RELAXED);
      thread.end = thread.next + thread.size;
      thread.until = now + GOOD_FOR;
      thread.recording = recording;
      for (uint64_t n = thread.next; n < thread.end && n < thread.next + AHEAD; n++)
        own(&ring->records[n & ring->mask]);
    }
    uint64_t index = thread.next++;
    if (index + AHEAD < thread.end) own(&ring->records[(index + AHEAD) & ring->mask]);
    record = &ring->records[index & ring->mask];
    *whole = 2 * (index + 1);
    seen = __atomic_load_n(&record->sequence, __ATOMIC_RELAXED);
    /* A thread that is a whole round behind is still writing here, or one that is a whole round
     * ahead has written: this record goes elsewhere. */
  } while ((seen & 1) || seen > *whole ||
           !__atomic_compare_exchange_n(&record->sequence, &seen, *whole | 1, 0, __ATOMIC_ACQ_REL,
                                        __ATOMIC_RELAXED));
  return record;
}

void zcf_write(zcf_note note) {
  place *ring = __atomic_load_n(&current, __ATOMIC_ACQUIRE);
  if (!ring) return;
  if (!thread.number) thread.number = (uint32_t)gettid();
  note.thread = thread.number;
  uint64_t words[ZCF_NOTE_WORDS];
  memcpy(words, &note, sizeof words);
  uint64_t whole, now = zcf_now();
  zcf_record *record = claim(ring, now, &whole);
  /* Whoever sees any of what follows sees that it is not whole. */
  __atomic_thread_fence(__ATOMIC_RELEASE);
  __atomic_store_n(&record->time, now, __ATOMIC_RELAXED);
  for (size_t word = 0; word < ZCF_NOTE_WORDS; word++)
    __atomic_store_n(&record->words[word], words[word], __ATOMIC_RELAXED);
  __atomic_store_n(&record->sequence, whole, __ATOMIC_RELEASE);
}

/* A child of fork shares the parent's file: it writes nothing there. */
static void after_fork(void) {
  thread.number = 0;
  zcf_forget_threads();
  zcf_let_go();
}

static int reserve(place *ring, uint32_t log2_capacity) {
  static int is_watching;
  if (!is_watching) {
    int failed = pthread_atfork(NULL, NULL, after_fork);
    if (failed) return failed;
    is_watching = 1;
  }
  if (ring->base) return 0;
  uint64_t capacity = (uint64_t)1 << log2_capacity;
  size_t bytes = ZCF_HEADER_BYTES + capacity * sizeof(zcf_record);
  void *base =
      mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (base == MAP_FAILED) return errno;
  *ring = (place){
      .base = base,
      .records = (zcf_record *)((char *)base + ZCF_HEADER_BYTES),
      .bytes = bytes,
      .mask = capacity - 1,
      .most = capacity / 16 < MOST ? capacity / 16 : MOST,
  };
  return 0;
}

static void put_memory(place *ring) {
  mmap(ring->base, ring->bytes, PROT_READ | PROT_WRITE,
       MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED, -1, 0);
}

static place *mapped; /* by zcf_map, for zcf_begin */

int zcf_map(int file, uint32_t log2_capacity, uint64_t process_start, const char *names) {
  place *ring = &places[log2_capacity];
  int failed = reserve(ring, log2_capacity);
  if (failed) return failed;
  if (mmap(ring->base, ring->bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, file, 0) ==
      MAP_FAILED)
    return errno;
#ifdef MADV_POPULATE_WRITE
  madvise(ring->base, ring->bytes, MADV_POPULATE_WRITE); /* no page faults while recording */
#endif
  struct timespec date;
  clock_gettime(CLOCK_REALTIME, &date);
  /* All but `next`, which is 0 already, and which a thread of the recording before may still add
   * to. */
  zcf_header header = {
      .magic = ZCF_MAGIC,
      .byte_order = ZCF_BYTE_ORDER,
      .version = ZCF_VERSION,
      .header_bytes = ZCF_HEADER_BYTES,
      .record_bytes = sizeof(zcf_record),
      .capacity = ring->mask + 1,
      .state = ZCF_RECORDING,
      .process = (uint32_t)getpid(),
      .process_start = process_start,
      .began = zcf_now(),
      .began_date = (uint64_t)date.tv_sec * 1000000000u + (uint64_t)date.tv_nsec,
  };
  memcpy(ring->base, &header, offsetof(zcf_header, next));
  memcpy((char *)ring->base + ZCF_NAMES_AT, names, ZCF_NAMES * ZCF_NAME_BYTES);
  __atomic_store_n(&ring->recording, ++recordings, __ATOMIC_RELAXED);
  mapped = ring;
  return 0;
}

void zcf_unmap(void) { put_memory(mapped); }

void zcf_begin(const char *path) {
  __atomic_store_n(&current, mapped, __ATOMIC_RELEASE);
  zcf_take_signals(path);
  zcf_listen(ZCF_RING_LISTENS);
}

void zcf_end(void) {
  place *ring = __atomic_load_n(&current, __ATOMIC_ACQUIRE);
  if (!ring) return;
  ring->base->ended = zcf_now();
  ring->base->state = ZCF_ENDED;
  zcf_give_signals_back();
  zcf_let_go();
}

const zcf_header *zcf_ring(void) {
  place *ring = __atomic_load_n(&current, __ATOMIC_ACQUIRE);
  return ring ? ring->base : NULL;
}

const void *zcf_ring_end(void) {
  place *ring = __atomic_load_n(&current, __ATOMIC_ACQUIRE);
  return ring ? &ring->records[ring->mask] : NULL;
}

int zcf_covers(const void *address) {
  uintptr_t at = (uintptr_t)address;
  for (int log2 = 0; log2 <= ZCF_LARGEST; log2++) {
    uintptr_t start = (uintptr_t)places[log2].base;
    if (start && at >= start && at - start < places[log2].bytes) return 1;
  }
  return 0;
}

void zcf_let_go(void) {
  zcf_ignore(ZCF_RING_LISTENS);
  place *ring = __atomic_exchange_n(&current, NULL, __ATOMIC_ACQ_REL);
  if (ring) put_memory(ring);
}
