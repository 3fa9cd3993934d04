/* What ThreadSanitizer cannot see by itself: the Swift runtime is not instrumented, and its
 * swift_once orders the making of a static before every use of it.
 *
 * Linked in by --wrap=swift_once, in ThreadSanitizer's builds only. */

typedef struct {
  void *once;
  void (*make)(void *context);
  void *context;
} making;

void __tsan_acquire(void *address);
void __tsan_release(void *address);
void __real_swift_once(void *once, void (*make)(void *context), void *context);

static void make_and_release(void *pointer) {
  making *it = pointer;
  it->make(it->context);
  __tsan_release(it->once);
}

void __wrap_swift_once(void *once, void (*make)(void *context), void *context) {
  making it = {once, make, context};
  __real_swift_once(once, make_and_release, &it);
  __tsan_acquire(once);
}
