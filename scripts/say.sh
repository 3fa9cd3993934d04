# How the scripts speak: a step that begins, and a stop with its reason. Sourced, not run.

say() { printf '==> %s\n' "$*"; }

stop() {
  printf '%s\n' "$@" >&2
  exit 1
}
