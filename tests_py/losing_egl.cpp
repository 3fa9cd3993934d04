// An EGL library in front of ANGLE's. It has the driver lose the current context right before a
// GL call that the test picks: what a reset of the GPU in the middle of a frame looks like.
//
// Built by angle.py with HOOKS, the GL functions that zcgpu uses: HOOK(glClear) HOOK(glDrawArrays)…
// It links to ANGLE's libEGL, so that all else of EGL is found there.

#include <EGL/egl.h>
#include <GLES3/gl32.h>
#include <dlfcn.h>

#include <atomic>
#include <cstring>

namespace {

using Entry = __eglMustCastToProperFunctionPointerType;

// Set by the test's thread while others draw.
std::atomic<int> calls_left = 0;       // to the one before which the context is lost; 0: none is
std::atomic<const char *> wanted = ""; // the function before which it is lost; "": none
std::atomic<const char *> last_loss = "";

Entry find(const char *name) {
  using Find = Entry (*)(const char *);
  static const auto real = reinterpret_cast<Find>(dlsym(RTLD_NEXT, "eglGetProcAddress"));
  return real(name);
}

void before(const char *name) {
  const bool is_now = (calls_left > 0 && --calls_left == 0) || !strcmp(wanted, name);
  if (!is_now) return;
  wanted = "";
  last_loss = name;
  const auto lose = reinterpret_cast<void (*)(GLenum, GLenum)>(find("glLoseContextCHROMIUM"));
  lose(GL_GUILTY_CONTEXT_RESET, GL_INNOCENT_CONTEXT_RESET);
}

template <int Line, typename Function> struct Hook;

template <int Line, typename Result, typename... Arguments>
struct Hook<Line, Result(Arguments...)> {
  static inline const char *name;
  static inline Result (*real)(Arguments...);

  static Result call(Arguments... arguments) {
    before(name);
    return real(arguments...);
  }

  static Entry in_front_of(const char *function) {
    name = function;
    real = reinterpret_cast<Result (*)(Arguments...)>(find(function));
    return reinterpret_cast<Entry>(call);
  }
};

}  // namespace

#define HOOK(function)             \
  if (!strcmp(name, #function))    \
    return Hook<__COUNTER__, decltype(function)>::in_front_of(#function);

extern "C" Entry eglGetProcAddress(const char *name) {
  HOOKS
  return find(name);
}

extern "C" void lose_before_call(int number) {
  calls_left = number;
  wanted = "";
  last_loss = "";
}

extern "C" void lose_before(const char *function) {
  static char kept[64];
  lose_before_call(0);
  wanted = strncpy(kept, function, sizeof kept - 1);
}

extern "C" const char *lost_before() { return last_loss; }
