/* The flight recorder's ring: what a process did last, in a file that it maps and that outlives
 * it. What must work while a signal ends the process is here, in C; the rest is Swift's. Below it
 * are a thread's stack and its work, which Swift cannot ask for or keep a thread's own count of.
 *
 * The file is one zcf_header, the events' names, and then `capacity` records, in this machine's
 * byte order. A record lies at its index modulo the capacity; `next` is the index that the next
 * one gets.
 */
#ifndef ZCGPU_FLIGHT_H
#define ZCGPU_FLIGHT_H

#include <stddef.h>
#include <stdint.h>

enum {
  ZCF_VERSION = 1,
  ZCF_BYTE_ORDER = 0x01020304,
  ZCF_HEADER_BYTES = 4096, /* with the names; the records come after it */
  ZCF_NAMES_AT = 192,
  ZCF_NAMES = 64, /* of events, by number; from ZCF_ROLES on, of roles */
  ZCF_ROLES = 48,
  ZCF_NAME_BYTES = 32,
  ZCF_LARGEST = 24, /* log2 of the largest capacity */
  ZCF_NOTE_WORDS = 6,
};
#define ZCF_MAGIC "ZCGPUFLT"
enum { ZCF_RECORDING = 1, ZCF_ENDED = 2 };

/* What a record says of its event. 0 is: does not apply. */
typedef struct {
  uint64_t context;    /* which context of the process, in the order of their making */
  uint64_t generation; /* of that context */
  uint64_t object;     /* a texture's or fence's name */
  uint64_t bytes;
  int32_t width;
  int32_t height;
  uint16_t event; /* its name is in the file */
  uint8_t role;   /* 1 + the role, whose name is there too */
  uint8_t other_role;
  uint32_t thread; /* as gettid() numbers them; zcf_write fills it in */
} zcf_note;

typedef struct {
  /* 2 * (index + 1) when whole; that and 1 while being written; 0 when never used. */
  uint64_t sequence;
  uint64_t time; /* CLOCK_MONOTONIC, nanoseconds */
  union {
    zcf_note note;
    uint64_t words[ZCF_NOTE_WORDS]; /* of it: they are written one by one */
  };
} zcf_record;

typedef struct {
  __attribute__((nonstring)) char magic[8];
  uint32_t byte_order;
  uint32_t version;
  uint32_t header_bytes;
  uint32_t record_bytes;
  uint64_t capacity; /* records; a power of two */
  uint32_t state;    /* ZCF_RECORDING or ZCF_ENDED */
  uint32_t process;
  uint64_t process_start; /* clock ticks since boot, as /proc tells it; 0: not known */
  uint64_t began;         /* CLOCK_MONOTONIC, nanoseconds */
  uint64_t began_date;    /* nanoseconds since 1970 */
  uint64_t ended;         /* CLOCK_MONOTONIC; 0 while recording */
  uint64_t reserved[7];
  uint64_t next; /* in a cache line of its own */
  uint64_t unused[7];
} zcf_header;

/* flight.py reads these. */
_Static_assert(sizeof(zcf_note) == 8 * ZCF_NOTE_WORDS, "a note is whole words");
_Static_assert(sizeof(zcf_record) == 64, "a record is a cache line");
_Static_assert(sizeof(zcf_header) == ZCF_NAMES_AT, "the names come after what always changes");
_Static_assert(ZCF_NAMES_AT + ZCF_NAMES * ZCF_NAME_BYTES <= ZCF_HEADER_BYTES, "they fit");
_Static_assert(offsetof(zcf_header, next) == 128, "after what never changes");

/* -- Who listens ----------------------------------------------------------------------- */

/* Bit 0: a ring. The others are for Swift, whose log listens too. 0: nobody does. */
extern uint32_t zcf_listeners;
enum { ZCF_RING_LISTENS = 1 };

static inline uint32_t zcf_who_listens(void) {
  return __atomic_load_n(&zcf_listeners, __ATOMIC_RELAXED);
}
void zcf_listen(uint32_t bits);
void zcf_ignore(uint32_t bits);

/* -- The ring -------------------------------------------------------------------------- */

/* Writes one record, from any thread at any time. Never waits, allocates or fails; does nothing
 * where no ring is. */
void zcf_write(zcf_note note);

/* Maps `file`, which holds a header and 2^log2_capacity records of zeros, and fills its header in;
 * `names` are ZCF_NAMES * ZCF_NAME_BYTES bytes. Nothing is recorded yet. 0, or an errno.
 * One thread at a time may call this, zcf_begin and zcf_end. */
int zcf_map(int file, uint32_t log2_capacity, uint64_t process_start, const char *names);
/* Undoes zcf_map where zcf_begin has not followed. */
void zcf_unmap(void);
/* From now on events are recorded, and a fatal signal writes the last of them to the standard
 * error, with `path` for whoever wants more. */
void zcf_begin(const char *path);
/* Records nothing any more and lets the file go. Fine where there is none. */
void zcf_end(void);

/* What an errno says; NULL for a number that is none. Lives for ever. */
const char *zcf_reason(int code);

/* -- Between ring.c and tail.c --------------------------------------------------------- */

/* The ring that is recorded to, NULL where there is none. */
const zcf_header *zcf_ring(void);
/* Its last bytes: the first to go when the file is cut short. */
const void *zcf_ring_end(void);
/* Whether `address` is where a ring is or was. */
int zcf_covers(const void *address);
/* Puts plain memory in the file's place, for writers that are under way. Safe in a signal
 * handler. */
void zcf_let_go(void);
uint64_t zcf_now(void);
void zcf_take_signals(const char *path);
void zcf_give_signals_back(void);
/* In a child of fork, where no other thread is. */
void zcf_forget_threads(void);

/* How many bytes are left of the present thread's stack, which Swift cannot ask for; UINTPTR_MAX
 * where that cannot be told. */
uintptr_t zcf_stack_left(void);

/* -- Work, which stands still while the process forks ----------------------------------- */

/* From now on this thread may hold locks that a child of a fork would inherit taken: those of
 * Swift's runtime, say, or the loader's. Waits for a fork that is under way. Each work may begin
 * inside another. */
void zcf_begin_work(void);
/* What the last zcf_begin_work of this thread began. */
void zcf_end_work(void);
/* Ends all of this thread's work, for a wait; returns what zcf_go_on_with_work takes. */
int zcf_pause_work(void);
void zcf_go_on_with_work(int was);

/* At work, this thread loads libraries: a child that is cut off from that would crash. */
void zcf_begin_loading(void);
void zcf_end_loading(void);

/* Before a fork: waits until no other thread is at work, for a second at most, ten where one loads
 * libraries, and holds them all up; 0 where one works on. */
int zcf_stop_work(void);
/* After it, in the parent. */
void zcf_resume_work(void);
/* After it, in the child, which has none of those threads. */
void zcf_forget_work(void);

#endif
