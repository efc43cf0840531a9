package main

import "standpoint/internal/kernel/gen/asm"

// cpuFile asks the processor what the operating system saves of its registers.
func cpuFile() *asm.File {
	f := asm.NewFile("cpu", "What the operating system saves of the registers.")
	fn := f.Func("xgetbv", "writes the low half of the register XCR0 to dst; the processor must have OSXSAVE.", "dst unsafe.Pointer")
	fn.LoadArgs("DI")
	fn.Op("XORL", "CX", "CX")
	fn.Op("XGETBV")
	fn.Op("MOVL", "AX", "(DI)")
	fn.Op("RET")
	return f
}
