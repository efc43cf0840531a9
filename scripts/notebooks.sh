#!/bin/sh
# Labels the samples and runs the notebooks on them, keeping their outputs.
set -eu
python=$(sh scripts/python.sh)
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
go run ./cmd/classify -o "$out/night" data/sample
for notebook in notebooks/*.ipynb; do
	echo "== $notebook"
	STANDPOINT_OUT="$out/night" "$python" scripts/run_notebook.py "$notebook"
done
