#!/bin/sh
# Builds static, trimmed binaries of both commands into dist/, with checksums
# and the notices of the libraries inside: scripts/dist.sh VERSION OS/ARCH...
set -eu
version=$1
shift
rm -rf dist
mkdir -p dist
for platform in "$@"; do
	os=${platform%/*} arch=${platform#*/}
	dir=dist/standpoint-$version-$os-$arch
	mkdir -p "$dir"
	suffix=
	[ "$os" = windows ] && suffix=.exe
	for command in classify train; do
		CGO_ENABLED=0 GOOS=$os GOARCH=$arch go build -trimpath -ldflags='-s -w' -o "$dir/$command$suffix" "./cmd/$command"
	done
	cp LICENSE README.md "$dir/"
done
sh scripts/notices.sh > dist/NOTICES.txt
for dir in dist/standpoint-*; do
	cp dist/NOTICES.txt "$dir/"
	tar -C dist -czf "$dir.tar.gz" "$(basename "$dir")"
	rm -r "$dir"
done
(cd dist && sha256sum ./*.tar.gz NOTICES.txt > SHA256SUMS)
cat dist/SHA256SUMS
