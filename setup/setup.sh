#!/bin/sh
# Set up what one command needs: setup.sh run | dev | bundle
# Installs only what is missing, says in one line what that is, and keeps the logs in .setup/.
set -eu

cd "$(dirname "$0")/.."
need=${1:-run}
mkdir -p .setup

refuse() {
    echo "$1" >&2
    exit 1
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    else
        sudo "$@"
    fi
}

# install_debian WHAT PACKAGE...: with apt where it may, else one sentence that says what to install.
install_debian() {
    what=$1
    shift
    if ! command -v apt-get >/dev/null 2>&1; then
        refuse "This system lacks $what: please install what Debian calls $*, then run this again."
    fi
    if [ "$(id -u)" -ne 0 ] && ! command -v sudo >/dev/null 2>&1; then
        refuse "This system lacks $what: please run 'apt-get install $*' as root, then run this again."
    fi
    echo "Installing $what with apt: $*"
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq update \
        >.setup/apt.log 2>&1 </dev/null || true # what is in the lists already may do
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends install "$@" \
        >>.setup/apt.log 2>&1 </dev/null || {
        tail -n 5 .setup/apt.log >&2
        refuse "$what could not be installed: please install $* and run this again (log: .setup/apt.log)."
    }
}

# --- Python 3.11 to 3.14 ---------------------------------------------------------------------

right_version() {
    "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))' >/dev/null 2>&1
}

find_python() {
    for name in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11; do
        if command -v "$name" >/dev/null 2>&1 && right_version "$name"; then
            command -v "$name"
            return
        fi
    done
}

python=$(find_python)
if [ -z "$python" ]; then
    install_debian "Python 3.11 or newer" python3 python3-venv
    python=$(find_python)
fi
if [ -z "$python" ]; then
    refuse "Python 3.11, 3.12, 3.13 or 3.14 is needed and this system offers none: please install one and run this again (PYTHON=/path/to/python3 names it)."
fi
if ! "$python" -c 'import ensurepip, venv' >/dev/null 2>&1; then
    install_debian "Python's venv module" python3-venv
fi

# --- what Qt needs from the system (Linux only) ----------------------------------------------

has_library() {
    /sbin/ldconfig -p 2>/dev/null | grep -q "^[[:space:]]*$1 "
}

missing=""
want() { # want LIBRARY PACKAGE
    has_library "$1" || missing="$missing $2"
}

if [ "$(uname -s)" = Linux ] && [ -x /sbin/ldconfig ]; then
    want libGL.so.1 libgl1
    want libEGL.so.1 libegl1
    want libglib-2.0.so.0 libglib2.0-0
    want libdbus-1.so.3 libdbus-1-3
    want libfontconfig.so.1 libfontconfig1
    want libxkbcommon.so.0 libxkbcommon0
    if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] || [ "$need" = bundle ]; then
        want libxcb-cursor.so.0 libxcb-cursor0
        want libxcb-icccm.so.4 libxcb-icccm4
        want libxcb-image.so.0 libxcb-image0
        want libxcb-keysyms.so.1 libxcb-keysyms1
        want libxcb-render-util.so.0 libxcb-render-util0
        want libxcb-shape.so.0 libxcb-shape0
        want libxkbcommon-x11.so.0 libxkbcommon-x11-0
    fi
    if [ "$need" != run ]; then # tests read the PDFs back with it
        command -v pdftotext >/dev/null 2>&1 || missing="$missing poppler-utils"
        # the crash tests record what is written with it
        command -v strace >/dev/null 2>&1 || missing="$missing strace"
    fi
    if [ "$need" = bundle ]; then
        command -v objdump >/dev/null 2>&1 || missing="$missing binutils"
        shared=$("$python" -c 'import sysconfig as s; print(s.get_config_var("Py_ENABLE_SHARED"), s.get_config_var("LDVERSION"))')
        case $("$python" -c 'import os, sys; print(os.path.realpath(sys.executable))') in
        /usr/bin/*) has_library "libpython${shared#* }.so.1.0" || missing="$missing libpython${shared#* }" ;;
        esac
    fi
fi
if [ -n "$missing" ]; then
    # shellcheck disable=SC2086 # one word per package
    install_debian "system libraries and tools" $missing
fi

# --- the virtual environment, from the pinned requirements ------------------------------------

case $need in
run) list=requirements.txt ;;
*) list=requirements-dev.txt ;;
esac

in_venv=.venv/bin/python
# A half-made environment, or one whose Python has gone, is made anew.
if ! { [ -x $in_venv ] && right_version $in_venv && $in_venv -m pip --version >/dev/null 2>&1; }; then
    rm -rf .venv
    echo "Making .venv with $("$python" --version)"
    "$python" -m venv .venv || refuse "The virtual environment .venv could not be made: see the lines above."
fi

# The stamp of the development tools also covers what running needs.
stamp() {
    cksum <"$1"
}
if [ "$(cat .venv/installed-requirements-dev.txt 2>/dev/null)" = "$(stamp requirements-dev.txt)" ]; then
    exit 0
fi
if [ "$(cat ".venv/installed-$list" 2>/dev/null)" = "$(stamp $list)" ]; then
    exit 0
fi
rm -f .venv/installed-*
echo "Installing $(grep -c '^[a-z0-9].*==' $list) Python packages into .venv, as pinned in $list"
if ! $in_venv -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps --compile \
    -r $list >.setup/pip.log 2>&1; then
    grep -v '^WARNING' .setup/pip.log | tail -n 5 >&2
    refuse "The Python packages could not be installed: is the package registry within reach? (log: .setup/pip.log)"
fi
# `crm-desktop` as a command in .venv/bin: the package itself stays where it is.
$in_venv setup/link.py
stamp $list >".venv/installed-$list"
