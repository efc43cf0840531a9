#!/bin/sh
# Prints the licences of all libraries that the commands are built from.
set -eu
go list -deps -f '{{with .Module}}{{if not .Main}}{{.Path}} {{.Version}} {{.Dir}}{{end}}{{end}}' ./cmd/... | sort -u |
	while read -r path version dir; do
		echo "================================================================"
		echo "$path $version"
		echo
		found=
		for file in "$dir"/LICENSE* "$dir"/LICENCE* "$dir"/COPYING* "$dir"/NOTICE*; do
			[ -f "$file" ] || continue
			cat "$file"
			echo
			found=yes
		done
		[ -n "$found" ] || { echo "$path has no licence file" >&2; exit 1; }
	done
echo "================================================================"
echo "Inside the pages that classify report writes:"
echo
cat internal/report/lib/LICENSES.txt
