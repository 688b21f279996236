#!/bin/sh
# Format, lint, types, tests. Every check runs, so that one run tells everything; pytest comes last.
cd "$(dirname "$0")/.." || exit 1
bin=.venv/bin
failed=""

echo "Format"
$bin/ruff format --check --quiet . || failed="$failed format"
echo "Lint"
$bin/ruff check --quiet . || failed="$failed lint"
echo "Types"
$bin/mypy --strict --no-error-summary crm_desktop tests benchmarks || failed="$failed types"
if [ -n "$failed" ]; then
    echo "Not clean:$failed. The tests still run; this command will end with an error."
fi
echo "Tests"
# A worker that died is not replaced: pytest-xdist would wait for ever for the new one.
$bin/python -m pytest -n "${JOBS:-2}" --dist loadgroup --max-worker-restart=0 "$@"
status=$?
if [ $status -eq 0 ] && [ -n "$failed" ]; then
    exit 1
fi
exit $status
