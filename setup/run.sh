#!/bin/sh
# Open the window; where there is no screen, say so and show the main job through the command line.
set -eu

cd "$(dirname "$0")/.."
python=.venv/bin/python

if [ "$(uname -s)" = Linux ] && [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    echo "There is no screen here, so no window: running 'crm-desktop demo --out out/' instead."
    exec $python -m crm_desktop demo --out out/
fi
exec $python -m crm_desktop
