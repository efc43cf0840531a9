#!/bin/sh
# Fuzzes every fuzz test of the module for the given time each: scripts/fuzz.sh 20s
set -eu
time=${1:-20s}
for package in $(go list ./...); do
	for name in $(go test -list '^Fuzz' "$package" | grep '^Fuzz' || true); do
		echo "== $package $name"
		go test -run '^$' -fuzz "^$name\$" -fuzztime "$time" -fuzzminimizetime 5x "$package"
	done
done
