# What a machine must have before zcgpu can be built and run on it. Sourced by `setup`.
#
# Each thing is looked for where the compiler or the loader will look, not in a list of packages:
# a vendor's driver, a Python of one's own or another distribution is as good as Debian's.
#
# FFmpeg's and VA's headers and Debian's pytest are part of the agreed set-up: video is built on the
# former next, and the suite runs under Debian's own Python with the latter. Left out on purpose:
# libgles2, since functions come through EGL; pkg-config, since the build asks Python itself;
# linters, since PyPI's go into the virtual environment.

oldest_swift=6.3
oldest_python=3.11

problems=() # what only a person can put right
packages=() # Debian packages that bring what is missing
reasons=()  # why each of them

lacks() {
  [[ " ${packages[*]} " == *" $1 "* ]] && return
  packages+=("$1")
  reasons+=("$1: $2")
}

# Whether one of these paths exists; a pattern that matches nothing does not.
is_there() {
  local path
  for path; do [[ -e $path ]] && return; done
  return 1
}

is_usable_python() {
  "$1" - "$oldest_python" 2>/dev/null <<'PYTHON'
import sys
oldest = tuple(map(int, sys.argv[1].split(".")))
sys.exit(not (sys.implementation.name == "cpython" and sys.version_info >= oldest))
PYTHON
}

# Sets $python: $PYTHON where it is given, else the first that is new enough.
check_python() {
  local candidate
  python=
  for candidate in ${PYTHON:-python3 python3.13 python3.12 python3.11}; do
    if is_usable_python "$candidate"; then
      python=$candidate
      check_python_parts
      return
    fi
  done
  problems+=("CPython $oldest_python or newer: ${PYTHON:-python3} is missing, older or another kind.
    Debian 12 has it as python3; PYTHON=/path/to/python3 names one of your own.")
}

check_python_parts() {
  local headers name
  headers=$("$python" -c 'import sysconfig; print(sysconfig.get_path("include"))')
  name=$(basename "$headers") # as Debian calls its packages, but for the default Python
  [[ $(readlink /usr/bin/python3) == "$name" ]] && name=python3
  [[ $headers == /usr/include/* ]] || name=
  if [[ ! -f $headers/Python.h ]]; then
    python_lacks "${name:+$name-dev}" "Python.h, which the extension module includes"
  fi
  if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    python_lacks "${name:+$name-venv}" "venv and ensurepip, for the virtual environment"
  fi
}

python_lacks() {
  if [[ -n $1 ]]; then lacks "$1" "$2"; else problems+=("$2: $python comes without."); fi
}

check_swift() {
  local words found
  if ! command -v swift >/dev/null; then
    problems+=("Swift $oldest_swift or newer, with \`swift\` on PATH.
    https://www.swift.org/install/linux has it.")
    return
  fi
  check_swift_libraries
  words=$(swift --version 2>&1) || [[ ! $words == *"shared libraries"* || ${#packages[@]} == 0 ]] ||
    return 0 # the packages first, then it is asked again
  found=$(sed -n 's/.*Swift version \([0-9.]*\).*/\1/p' <<<"$words")
  if [[ $(printf '%s\n' "$oldest_swift" "${found:-0}" | sort -V | head -n 1) != "$oldest_swift" ]]; then
    problems+=("Swift $oldest_swift or newer; \`swift --version\` says: ${words%%$'\n'*}
    https://www.swift.org/install/linux has it.")
  fi
}

# A toolchain that was only unpacked may miss libraries that its own instructions name.
check_swift_libraries() {
  local folder library
  folder=$(dirname "$(readlink -f "$(command -v swift)")")
  for library in $(ldd "$folder"/{swift-build,clang} 2>/dev/null | awk '/not found/ { print $1 }'); do
    case $library in
      libcurl.so.4) lacks libcurl4 "$library, which the Swift toolchain links to" ;;
      libncurses.so.6) lacks libncurses6 "$library, which the Swift toolchain links to" ;;
      libxml2.so.2) lacks libxml2 "$library, which the Swift toolchain links to" ;;
    esac
  done
}

check_libraries() {
  is_there /usr/lib/gcc/*/*/libstdc++.so ||
    lacks g++ "the C runtime, libstdc++ and binutils, which Swift links with"
  is_there {/usr,/usr/local}/include/EGL/egl.h ||
    lacks libegl-dev "EGL/egl.h, types and constants of EGL"
  is_there {/usr,/usr/local}/include/GLES3/gl32.h ||
    lacks libgles-dev "GLES3/gl32.h, types and constants of OpenGL"
  is_there {/usr,/usr/local}/include{,/*-linux-gnu}/libavcodec/avcodec.h ||
    lacks libavcodec-dev "libavcodec/avcodec.h, for reading video"
  is_there {/usr,/usr/local}/include{,/*-linux-gnu}/libavformat/avformat.h ||
    lacks libavformat-dev "libavformat/avformat.h, for opening video files"
  is_there {/usr,/usr/local}/include{,/*-linux-gnu}/libswscale/swscale.h ||
    lacks libswscale-dev "libswscale/swscale.h, for rare pixel formats"
  is_there {/usr,/usr/local}/include/libdrm/drm_fourcc.h ||
    lacks libdrm-dev "libdrm/drm_fourcc.h, names of formats in a GPU's memory"
  command -v ffmpeg >/dev/null ||
    lacks ffmpeg "ffmpeg, which makes the tests' video files and checks every frame"
  is_there {/usr,/usr/local}/include/va/va.h ||
    lacks libva-dev "va/va.h, for video decoded by the GPU"
  is_there /usr/lib/python3/dist-packages/pytest ||
    lacks python3-pytest "pytest, for the suite under Debian's own Python"
  [[ $(PATH=$PATH:/sbin:/usr/sbin ldconfig -p) == *libEGL.so.1* ]] ||
    lacks libegl1 "libEGL.so.1, which finds the driver at run time"
  is_there /usr/lib{,64,/*-linux-gnu*}/{dri/*_dri.so,libgallium*.so,libEGL_nvidia.so*} ||
    lacks libgl1-mesa-dri "a driver: Mesa draws on the processor where there is no GPU"
  [[ $(PATH=$PATH:/sbin:/usr/sbin ldconfig -p) == *libvulkan.so.1* ]] ||
    lacks libvulkan1 "libvulkan.so.1, through which the tests' ANGLE finds its driver"
  is_there {/usr,/usr/local}/share/vulkan/icd.d/*.json /etc/vulkan/icd.d/*.json ||
    lacks mesa-vulkan-drivers "a Vulkan driver, on which the tests' ANGLE draws"
  command -v Xvfb >/dev/null ||
    lacks xvfb "Xvfb, an X server without a screen, for the tests' programs with windows"
  command -v chromium >/dev/null ||
    lacks chromium "chromium, a browser for the tests of the gallery's page"
}

# Fills $problems, $packages and $reasons anew.
check_machine() {
  problems=() packages=() reasons=()
  check_swift
  check_python
  check_libraries
}
