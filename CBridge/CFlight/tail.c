/* A fatal signal writes the ring's tail to the standard error, then does what it would have done.
 * Everything here is safe in a signal handler: no allocation, no stdio, no lock that is waited for
 * by whoever holds it. */
#define _GNU_SOURCE
#include "flight.h"

#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { TAIL = 32, SEARCHED = 1024, LEVELS = 8, FATAL = 5 };
static const int fatal[FATAL] = {SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL};

/* What was there before, for each time that we came on top: somebody else may come on top of us,
 * faulthandler say, and we of them, and each goes back to whom it found. */
static struct {
  struct sigaction before[LEVELS];
  int count;
} chains[FATAL];

static char file_path[1024];
static uint64_t told; /* `next` when the tail was written */
static uint32_t holder;

/* -- Writing --------------------------------------------------------------------------- */

typedef struct {
  size_t length;
  char text[256];
} line;

static void put(line *line, const char *text, size_t most) {
  for (; most && *text && line->length < sizeof line->text - 1; most--)
    line->text[line->length++] = *text++;
}

static void put_text(line *line, const char *text) { put(line, text, SIZE_MAX); }

static void put_number(line *line, uint64_t number, int digits) {
  char reversed[20];
  int count = 0;
  for (; number || count < digits; number /= 10)
    reversed[count++] = (char)('0' + number % 10);
  while (count)
    put(line, &reversed[--count], 1);
}

static void put_part(line *line, const char *name, uint64_t number) {
  if (!number) return;
  put_text(line, name);
  put_number(line, number, 1);
}

static void put_name(line *line, const zcf_header *ring, unsigned number) {
  put(line, (const char *)ring + ZCF_NAMES_AT + number % ZCF_NAMES * ZCF_NAME_BYTES,
      ZCF_NAME_BYTES);
}

static void send(line *line) {
  line->text[line->length++] = '\n';
  for (size_t sent = 0; sent < line->length;) {
    ssize_t count = write(STDERR_FILENO, line->text + sent, line->length - sent);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return;
    sent += (size_t)count;
  }
}

static void send_record(const zcf_header *ring, const zcf_record *record, uint64_t now) {
  const zcf_note *note = &record->note;
  uint64_t ago = now > record->time ? now - record->time : 0;
  line line = {0};
  put_text(&line, "  -");
  put_number(&line, ago / 1000000000u, 1);
  put_text(&line, ".");
  put_number(&line, ago / 1000 % 1000000u, 6);
  put_text(&line, " s  thread ");
  put_number(&line, note->thread, 1);
  put_text(&line, "  ");
  put_name(&line, ring, note->event);
  put_part(&line, "  context ", note->context);
  put_part(&line, " generation ", note->generation);
  put_part(&line, "  object ", note->object);
  if (note->width) {
    put_part(&line, "  ", (uint64_t)note->width);
    put_part(&line, " x ", (uint64_t)note->height);
  }
  put_part(&line, "  bytes ", note->bytes);
  if (note->role) {
    put_text(&line, "  ");
    put_name(&line, ring, ZCF_ROLES + note->role);
  }
  send(&line);
}

/* Threads claim several places at a time, so the last ones may still be empty, and neighbours are
 * not always in the order of time. */
static void send_tail(const zcf_header *ring) {
  const zcf_record *records = (const zcf_record *)((const char *)ring + ZCF_HEADER_BYTES);
  const zcf_record *tail[TAIL];
  int count = 0;
  uint64_t next = __atomic_load_n(&ring->next, __ATOMIC_ACQUIRE);
  if (next == told) return;
  told = next;
  uint64_t oldest = next > ring->capacity ? next - ring->capacity : 0;
  if (next - oldest > SEARCHED) oldest = next - SEARCHED;
  for (uint64_t index = next; index-- > oldest && count < TAIL;) {
    const zcf_record *record = &records[index & (ring->capacity - 1)];
    if (__atomic_load_n(&record->sequence, __ATOMIC_ACQUIRE) != 2 * (index + 1)) continue;
    int place = count++;
    for (; place > 0 && tail[place - 1]->time < record->time; place--)
      tail[place] = tail[place - 1];
    tail[place] = record;
  }
  line head = {0};
  put_text(&head, "zcgpu's last events, newest last (`zcgpu flight ");
  put_text(&head, file_path);
  put_text(&head, "` shows more):");
  send(&head);
  uint64_t now = zcf_now();
  while (count)
    send_record(ring, tail[--count], now);
}

/* -- The chain ------------------------------------------------------------------------- */

static void on_fatal(int signal, siginfo_t *info, void *unused);

static int is_ours(const struct sigaction *action) {
  return (action->sa_flags & SA_SIGINFO) && action->sa_sigaction == on_fatal;
}

/* Where we are on top, whoever was there before comes back. */
static void step_back(int slot) {
  struct sigaction now;
  if (sigaction(fatal[slot], NULL, &now) != 0 || !is_ours(&now)) return;
  struct sigaction before = {.sa_handler = SIG_DFL};
  if (chains[slot].count) before = chains[slot].before[--chains[slot].count];
  sigaction(fatal[slot], &before, NULL);
}

/* 0 where this thread holds it already: what it does under it has failed. */
static int hold(uint32_t me) {
  uint32_t nobody = 0;
  while (
      !__atomic_compare_exchange_n(&holder, &nobody, me, 0, __ATOMIC_ACQUIRE, __ATOMIC_RELAXED)) {
    if (nobody == me) return 0;
    nobody = 0;
    sched_yield(); /* another thread is writing its tail */
  }
  return 1;
}

static void let_go(void) { __atomic_store_n(&holder, 0, __ATOMIC_RELEASE); }

/* The kernel looks at the address before it finds that the call makes no sense. */
static int is_readable(const void *address) {
  return syscall(SYS_rt_sigprocmask, ~0, address, NULL, 8) == 0 || errno != EFAULT;
}

/* Whether the signal comes of somebody having cut the ring's file short under it. */
static int is_cut(const siginfo_t *info) {
  if (info->si_code > 0) return zcf_covers(info->si_addr);
  /* Passed on by a handler on top of us, which does not pass the address. */
  const void *end = zcf_ring_end();
  return end && !is_readable(end);
}

static void on_fatal(int signal, siginfo_t *info, void *unused) {
  (void)unused;
  int saved = errno;
  if (signal == SIGBUS && is_cut(info)) {
    line line = {0};
    put_text(&line, "zcgpu: the flight recorder's file was cut short; recording has ended");
    send(&line);
    zcf_let_go();
    errno = saved;
    return;
  }
  int slot = 0;
  while (fatal[slot] != signal)
    slot++;
  int count = chains[slot].count;
  int is_sent = info->si_code <= 0;
  if (is_sent && count && !(chains[slot].before[count - 1].sa_flags & SA_SIGINFO) &&
      chains[slot].before[count - 1].sa_handler == SIG_IGN)
    return;
  int is_first = hold((uint32_t)gettid());
  const zcf_header *ring = zcf_ring();
  if (is_first && ring) send_tail(ring);
  step_back(slot);
  if (is_first) let_go();
  /* A fault comes again by itself, with all that the system says of it; what was sent is sent
   * again, and arrives when this returns. */
  if (is_sent) raise(signal);
  errno = saved;
}

void zcf_take_signals(const char *path) {
  strncpy(file_path, path, sizeof file_path - 1);
  told = 0;
  struct sigaction ours = {.sa_sigaction = on_fatal, .sa_flags = SA_SIGINFO | SA_ONSTACK};
  sigemptyset(&ours.sa_mask);
  if (!hold((uint32_t)gettid())) return;
  for (int slot = 0; slot < FATAL; slot++) {
    struct sigaction now;
    if (sigaction(fatal[slot], NULL, &now) != 0 || is_ours(&now) || chains[slot].count == LEVELS)
      continue;
    chains[slot].before[chains[slot].count++] = now;
    sigaction(fatal[slot], &ours, NULL);
  }
  let_go();
}

void zcf_give_signals_back(void) {
  if (!hold((uint32_t)gettid())) return;
  for (int slot = 0; slot < FATAL; slot++)
    step_back(slot);
  let_go();
}

void zcf_forget_threads(void) { let_go(); }
