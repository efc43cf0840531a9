package kernel

import "syscall"

// grantsTiles asks the system to let this process use the tiles' data. It is refused
// where a thread's stack for signals is too small to hold them, and by kernels before
// 5.16, which know no such request.
func grantsTiles() bool {
	const request, tileData = 0x1023, 18 // ARCH_REQ_XCOMP_PERM, XFEATURE_XTILEDATA
	_, _, err := syscall.RawSyscall(syscall.SYS_ARCH_PRCTL, request, tileData, 0)
	return err == 0
}
