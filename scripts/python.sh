#!/bin/sh
# Prints a Python that has the outside readers, making a virtual environment
# in .venv if need be: fails if there is none to be had. Packages named as
# arguments are put into it too: scripts/python.sh playwright
set -eu
need='import pyarrow, pandas, polars, duckdb, nbclient, ipykernel, matplotlib'
for module in "$@"; do need="$need, $module"; done
for python in "${STANDPOINT_PYTHON:-}" "$PWD/.venv/bin/python" python3; do
	[ -n "$python" ] && "$python" -c "$need" 2>/dev/null && echo "$python" && exit 0
done
python3 -m venv .venv >&2
.venv/bin/python -m pip install --quiet --disable-pip-version-check -r notebooks/requirements.txt -c notebooks/constraints.txt "$@" >&2
.venv/bin/python -c "$need"
echo "$PWD/.venv/bin/python"
