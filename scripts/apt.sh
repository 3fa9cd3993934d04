# Whether Debian packages can be installed here, and how. Sourced.

export DEBIAN_FRONTEND=noninteractive

# Sets $as_root to what makes a command root's, or fails where apt or root is out of reach.
can_use_apt() {
  command -v apt-get >/dev/null || return 1
  as_root=()
  [[ $EUID == 0 ]] && return
  as_root=(sudo)
  command -v sudo >/dev/null && { sudo -n true 2>/dev/null || [[ -t 0 ]]; }
}

# Installs packages, if `can_use_apt`. Only apt's complaints are shown.
apt_install() {
  { "${as_root[@]}" apt-get update -qq &&
    "${as_root[@]}" apt-get install -y -qq -o Dpkg::Use-Pty=0 --no-install-recommends "$@"; } \
    </dev/null >/dev/null
}
