#!/bin/sh
# Pin every requirement with its hashes, for Python 3.11 to 3.14 on Windows, macOS and Linux alike.
set -eu

cd "$(dirname "$0")/.."
if ! command -v uv >/dev/null 2>&1; then
    echo "uv is needed to pin the requirements: pip install uv" >&2
    exit 1
fi
pin() {
    uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --no-emit-find-links --custom-compile-command "make pins" "$@" pyproject.toml
}
pin --output-file requirements.txt
pin --constraints requirements.txt --extra dev --output-file requirements-dev.txt
