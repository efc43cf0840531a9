#!/bin/sh
# Labels the samples in two nights, and the gold's articles with a part of them
# checked by a person; runs the notebooks on both and keeps their outputs.
set -eu
python=$(sh scripts/python.sh)
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
go build -o "$out/" ./cmd/classify
"$out/classify" -o "$out/night" data/sample/wire.jsonl data/sample/local.csv
"$out/classify" -o "$out/night" data/sample
"$python" scripts/checked_sample.py "$out"
"$out/classify" -o "$out/checked" -labels "$out/labels.jsonl" "$out/articles.jsonl"
for notebook in notebooks/*.ipynb; do
	echo "== $notebook"
	STANDPOINT_OUT="$out/night" STANDPOINT_CHECKED="$out/checked" "$python" scripts/run_notebook.py "$notebook"
done
