package main

import (
	"fmt"

	"standpoint/internal/kernel/gen/asm"
)

// cpuFile asks the processor what the operating system saves of its registers, and
// how fast it is at best.
func cpuFile() *asm.File {
	f := asm.NewFile("cpu", "What the operating system saves of the registers, and how fast the processor is at best.")
	fn := f.Func("xgetbv", "writes the low half of the register XCR0 to dst; the processor must have OSXSAVE.", "dst unsafe.Pointer")
	fn.LoadArgs("DI")
	fn.Op("XORL", "CX", "CX")
	fn.Op("XGETBV")
	fn.Op("MOVL", "AX", "(DI)")
	fn.Op("RET")
	peak(f, avx2)
	peak(f, avx512)
	return f
}

// peakSums is how many sums peak keeps: enough to hide an instruction's latency of
// 5 cycles twice over.
const peakSums = 12

func peak(f *asm.File, s simd) {
	fn := f.Func("peak"+s.name, fmt.Sprintf("multiplies and adds registers, %d times a round: the speed that benchmarks are measured against.", peakSums), "rounds int")
	fn.LoadArgs("CX")
	for i := range peakSums + 1 {
		fn.Op(s.zero, s.v(i), s.v(i), s.v(i))
	}
	fn.Label("round")
	for i := range peakSums {
		fn.Op("VFMADD231PS", s.v(peakSums), s.v(peakSums), s.v(i))
	}
	fn.Op("DECQ", "CX")
	fn.Op("JNZ", "round")
	fn.Return()
}
