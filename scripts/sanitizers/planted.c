/* Mistakes that a sanitizer must find, linked into its build of the extension and made when it is
 * loaded with ZCG_PLANTED=race or =overrun: a run that finds nothing else means something then. */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

static volatile int shared;

static void *count(void *unused) {
  for (int i = 0; i < 1000; i++) shared++;
  return unused;
}

static void race(void) {
  /* Two threads besides this one: what a thread does inside of dlopen is not looked at. */
  pthread_t threads[2];
  for (int i = 0; i < 2; i++)
    if (pthread_create(&threads[i], NULL, count, NULL) != 0) abort();
  for (int i = 0; i < 2; i++) pthread_join(threads[i], NULL);
}

static void overrun(void) {
  volatile char *block = malloc(8);
  if (!block) abort();
  for (int i = 0; i <= 8; i++) block[i] = 1;
  free((void *)block);
}

__attribute__((constructor)) static void plant(void) {
  const char *what = getenv("ZCG_PLANTED");
  if (what && !strcmp(what, "race")) race();
  if (what && !strcmp(what, "overrun")) overrun();
}
