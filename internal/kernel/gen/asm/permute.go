package asm

// pick makes an operation whose result's 32-bit lane i is the lane that f names: which
// source, and which of its lanes.
func pick(sources int, imm bool, f func(i int, imm int64) (source, lane int)) vectorOp {
	return vectorOp{lane: 4, sources: sources, imm: imm, f: func(out *vec, v *values) {
		for i := range v.width / 4 {
			source, lane := f(i, v.imm)
			out.setU32(i, v.in[source].u32(lane))
		}
	}}
}

// broadcast repeats the lowest lane of so many bytes.
func broadcast(lane int) vectorOp {
	return vectorOp{lane: lane, sources: 1, memory: func(int) int { return lane }, f: func(out *vec, v *values) {
		for i := 0; i < v.width; i += lane {
			copy(out[i:], v.in[0][:lane])
		}
	}}
}

// permuteOps move lanes about. i/4*4 is the first lane of the 128 bits that lane i
// belongs to: most of them don't cross those.
func permuteOps(ops map[string]vectorOp) {
	for name, lane := range map[string]int{"VBROADCASTSS": 4, "VPBROADCASTD": 4, "VPBROADCASTB": 1, "VPBROADCASTW": 2, "VPBROADCASTQ": 8, "VBROADCASTF128": 16, "VBROADCASTSD": 8} {
		ops[name] = broadcast(lane)
	}
	ops["VSHUFPS"] = pick(2, true, func(i int, imm int64) (int, int) {
		return i / 2 % 2, i/4*4 + int(imm>>(i%4*2)&3)
	})
	permil := pick(1, true, func(i int, imm int64) (int, int) { return 0, i/4*4 + int(imm>>(i%4*2)&3) })
	ops["VPERMILPS"], ops["VPSHUFD"] = permil, permil
	ops["VUNPCKLPS"] = pick(2, false, func(i int, _ int64) (int, int) { return i % 2, i/4*4 + i%4/2 })
	ops["VUNPCKHPS"] = pick(2, false, func(i int, _ int64) (int, int) { return i % 2, i/4*4 + 2 + i%4/2 })
	ops["VUNPCKLPD"] = pick(2, false, func(i int, _ int64) (int, int) { return i / 2 % 2, i/4*4 + i%2 })
	ops["VUNPCKHPD"] = pick(2, false, func(i int, _ int64) (int, int) { return i / 2 % 2, i/4*4 + 2 + i%2 })
	ops["VMOVHLPS"] = pick(2, false, func(i int, _ int64) (int, int) { return 1 - i/2, (i + 2) % 4 })
	ops["VMOVSHDUP"] = pick(1, false, func(i int, _ int64) (int, int) { return 0, i | 1 })
	ops["VPERMQ"] = pick(1, true, func(i int, imm int64) (int, int) { return 0, i/8*8 + int(imm>>(i%8/2*2)&3)*2 + i%2 })
	ops["VPERMPD"] = ops["VPERMQ"]
	quarter := pick(2, true, func(i int, imm int64) (int, int) { return i / 8, int(imm>>(i/4*2)&3)*4 + i%4 })
	ops["VSHUFF32X4"], ops["VSHUFI32X4"], ops["VSHUFF64X2"], ops["VSHUFI64X2"] = quarter, quarter, quarter, quarter
	permute128 := vectorOp{lane: 16, sources: 2, imm: true, f: func(out *vec, v *values) {
		for half := range 2 {
			if control := v.imm >> (4 * half) & 15; control < 8 {
				copy(out[16*half:16*half+16], v.in[control>>1&1][16*(control&1):])
			}
		}
	}}
	ops["VPERM2F128"], ops["VPERM2I128"] = permute128, permute128
	for name, size := range map[string]int{"VINSERTF128": 16, "VINSERTI128": 16, "VINSERTF32X4": 16, "VINSERTF64X4": 32, "VINSERTI64X4": 32} {
		ops[name] = vectorOp{lane: 4, sources: 2, imm: true, memory: func(int) int { return size }, f: func(out *vec, v *values) {
			*out = v.in[0]
			copy(out[int(v.imm)*size:][:size], v.in[1][:size])
		}}
	}
	byIndex := vectorOp{lane: 4, sources: 2, f: func(out *vec, v *values) {
		for i := range v.width / 4 {
			out.setU32(i, v.in[1].u32(int(v.in[0].u32(i))%(v.width/4)))
		}
	}}
	ops["VPERMPS"], ops["VPERMD"] = byIndex, byIndex
}
