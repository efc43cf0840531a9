#!/bin/sh
# Tests the kernels, and what computes with them, on every path: those of this
# machine through STANDPOINT_CPU, arm64's under qemu-user where it is installed,
# AVX-512 to AMX in the emulator that the tests bring. Then the kernels again
# with a collector that never rests and under the race detector.
# Usage: scripts/test-kernels.sh [package ...]
set -eu
cd "$(dirname "$0")/.."
kernel=./internal/kernel
packages=${*:-$(go list ./internal/kernel/... ./internal/transformer/... 2>/dev/null)}

for path in portable neon avx2 avx512 vnni amx; do
	if STANDPOINT_CPU=$path go test -run '^TestTheVariableIsHeard$' $kernel >/dev/null 2>&1; then
		echo "== $path"
		STANDPOINT_CPU=$path go test $packages
	else
		echo "== $path: not on this machine"
	fi
done

if command -v qemu-aarch64 >/dev/null && [ "$(go env GOARCH)" != arm64 ]; then
	for cpu in cortex-a72 max; do # without and with SDOT
		echo "== arm64, $cpu, emulated"
		GOARCH=arm64 CGO_ENABLED=0 go test -exec "qemu-aarch64 -cpu $cpu" $kernel
	done
else
	echo "== arm64: no qemu-aarch64 here"
fi

for os in linux darwin windows; do
	for arch in amd64 arm64; do
		echo "== build and vet $os/$arch"
		GOOS=$os GOARCH=$arch go build $kernel/...
		GOOS=$os GOARCH=$arch go vet $kernel/...
	done
done

echo "== generated files are what the generator writes"
before=$(cat internal/kernel/*_a*64.s internal/kernel/*_stub_*.go | cksum)
go generate $kernel
test "$before" = "$(cat internal/kernel/*_a*64.s internal/kernel/*_stub_*.go | cksum)"

echo "== products of the emulated paths, shapes from the fuzzer"
if [ "$(go env GOARCH)" = amd64 ]; then
	go test -run '^$' -fuzz '^FuzzEmulatedProducts$' -fuzztime 20s $kernel
fi

echo "== the collector never rests"
GOGC=1 go test -count=1 $kernel
if [ "$(go env CGO_ENABLED)" = 1 ]; then
	echo "== race detector"
	go test -race -count=1 $kernel
fi
