//go:build !amd64 && !arm64

package kernel

// detect adds nothing: these machines run the portable path.
func detect(*[AMX + 1]*set) {}
