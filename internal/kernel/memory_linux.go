package kernel

import "syscall"

// adviseHuge may be refused: then there are small pages.
func adviseHuge(b []byte) { _ = syscall.Madvise(b, syscall.MADV_HUGEPAGE) }
