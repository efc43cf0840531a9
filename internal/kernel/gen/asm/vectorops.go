package asm

import (
	"math"
	mathbits "math/bits"
)

// vectorOps are the vector instructions by name.
var vectorOps = func() map[string]vectorOp {
	ops := map[string]vectorOp{}
	for name, lane := range moves {
		ops[name] = vectorOp{lane: lane, sources: 1, f: func(out *vec, v *values) { *out = v.in[0] }}
	}
	for _, add := range []func(map[string]vectorOp){floatOps, fmaOps, intOps, wordOps, logicOps, convertOps, permuteOps, scalarOps} {
		add(ops)
	}
	return ops
}()

func floats1(f func(a float32) float32) vectorOp {
	return vectorOp{lane: 4, sources: 1, f: func(out *vec, v *values) {
		for i := range v.width / 4 {
			out.setF32(i, f(v.in[0].f32(i)))
		}
	}}
}

func floats2(f func(a, b float32) float32) vectorOp {
	return vectorOp{lane: 4, sources: 2, f: func(out *vec, v *values) {
		for i := range v.width / 4 {
			out.setF32(i, f(v.in[0].f32(i), v.in[1].f32(i)))
		}
	}}
}

// lowest is the operation on the lowest lane alone; the others come from the first
// source.
func lowest(op vectorOp) vectorOp {
	return vectorOp{lane: 4, sources: op.sources, imm: op.imm, memory: func(int) int { return 4 }, f: func(out *vec, v *values) {
		low := *v
		low.width = 4
		if *out = v.in[0]; op.sources == 1 || op.sources == 3 {
			*out = v.old
		}
		op.f(out, &low)
	}}
}

func minimum(a, b float32) float32 { // b if either is no number or both are zero
	if a < b {
		return a
	}
	return b
}

func maximum(a, b float32) float32 {
	if a > b {
		return a
	}
	return b
}

func floatOps(ops map[string]vectorOp) {
	ops["VADDPS"] = floats2(func(a, b float32) float32 { return a + b })
	ops["VSUBPS"] = floats2(func(a, b float32) float32 { return a - b })
	ops["VMULPS"] = floats2(func(a, b float32) float32 { return a * b })
	ops["VDIVPS"] = floats2(func(a, b float32) float32 { return a / b })
	ops["VMINPS"] = floats2(minimum)
	ops["VMAXPS"] = floats2(maximum)
	ops["VSQRTPS"] = floats1(func(a float32) float32 { return float32(math.Sqrt(float64(a))) })
	ops["VSCALEFPS"] = floats2(func(a, b float32) float32 {
		return float32(math.Ldexp(float64(a), int(math.Floor(float64(min(max(b, -1e4), 1e4))))))
	})
	for _, name := range []string{"VADDPS", "VSUBPS", "VMULPS", "VDIVPS", "VMINPS", "VMAXPS"} {
		ops[name[:4]+"SS"] = lowest(ops[name])
	}
	root := lowest(ops["VSQRTPS"])
	root.sources = 2
	root.f = func(out *vec, v *values) {
		*out = v.in[0]
		out.setF32(0, float32(math.Sqrt(float64(v.in[1].f32(0)))))
	}
	ops["VSQRTSS"] = root
	round := vectorOp{lane: 4, sources: 1, imm: true, f: func(out *vec, v *values) {
		for i := range v.width / 4 {
			out.setF32(i, round32(v.in[0].f32(i), v.imm))
		}
	}}
	ops["VROUNDPS"], ops["VRNDSCALEPS"] = round, round
	ops["VCMPPS"] = vectorOp{lane: 4, sources: 2, imm: true, f: func(out *vec, v *values) {
		for i := range v.width / 4 {
			if compare(v.imm, v.in[0].f32(i), v.in[1].f32(i)) {
				out.setU32(i, ^uint32(0))
			}
		}
	}}
	ops["VHADDPS"] = vectorOp{lane: 4, sources: 2, f: func(out *vec, v *values) {
		for i := range v.width / 4 {
			x := &v.in[i/2%2]
			at := i/4*4 + i%2*2
			out.setF32(i, x.f32(at)+x.f32(at+1))
		}
	}}
}

// round32 rounds to an integer as the low bits of the immediate say.
func round32(x float32, imm int64) float32 {
	switch imm & 3 {
	case 1:
		return float32(math.Floor(float64(x)))
	case 2:
		return float32(math.Ceil(float64(x)))
	case 3:
		return float32(math.Trunc(float64(x)))
	}
	return float32(math.RoundToEven(float64(x)))
}

// fma is a*b + c rounded once. The product is exact in float64; the sum is rounded to
// odd there, so that rounding again to float32 is right.
func fma(a, b, c float32) float32 {
	p, z := float64(a)*float64(b), float64(c)
	s := p + z
	if math.IsInf(s, 0) || s != s {
		return float32(s)
	}
	t := s - p
	lost := (p - (s - t)) + (z - t)
	if u := math.Float64bits(s); lost != 0 && u&1 == 0 {
		if (lost > 0) == (s > 0) {
			u++
		} else {
			u--
		}
		s = math.Float64frombits(u)
	}
	return float32(s)
}

// fmaOps are named by the order of first source (the destination), second and third:
// 231 is second*third + first.
func fmaOps(ops map[string]vectorOp) {
	for sign, name := range map[[2]float32]string{{1, 1}: "VFMADD", {1, -1}: "VFMSUB", {-1, 1}: "VFNMADD", {-1, -1}: "VFNMSUB"} {
		for order, f := range map[string]func(x, y, z float32) float32{
			"132": func(x, y, z float32) float32 { return fma(sign[0]*x, z, sign[1]*y) },
			"213": func(x, y, z float32) float32 { return fma(sign[0]*y, x, sign[1]*z) },
			"231": func(x, y, z float32) float32 { return fma(sign[0]*y, z, sign[1]*x) },
		} {
			op := vectorOp{lane: 4, sources: 2, f: func(out *vec, v *values) {
				for i := range v.width / 4 {
					out.setF32(i, f(v.old.f32(i), v.in[0].f32(i), v.in[1].f32(i)))
				}
			}}
			ops[name+order+"PS"] = op
			one := lowest(op)
			one.f = func(out *vec, v *values) {
				*out = v.old
				out.setF32(0, f(v.old.f32(0), v.in[0].f32(0), v.in[1].f32(0)))
			}
			ops[name+order+"SS"] = one
		}
	}
}

func ints2(f func(a, b uint32) uint32) vectorOp {
	return vectorOp{lane: 4, sources: 2, f: func(out *vec, v *values) {
		for i := range v.width / 4 {
			out.setU32(i, f(v.in[0].u32(i), v.in[1].u32(i)))
		}
	}}
}

func shift(f func(a uint32, n int64) uint32) vectorOp {
	return vectorOp{lane: 4, sources: 1, imm: true, f: func(out *vec, v *values) {
		for i := range v.width / 4 {
			out.setU32(i, f(v.in[0].u32(i), v.imm))
		}
	}}
}

func intOps(ops map[string]vectorOp) {
	ops["VPADDD"] = ints2(func(a, b uint32) uint32 { return a + b })
	ops["VPSUBD"] = ints2(func(a, b uint32) uint32 { return a - b })
	ops["VPMULLD"] = ints2(func(a, b uint32) uint32 { return a * b })
	ops["VPMAXSD"] = ints2(func(a, b uint32) uint32 { return uint32(max(int32(a), int32(b))) })
	ops["VPMINSD"] = ints2(func(a, b uint32) uint32 { return uint32(min(int32(a), int32(b))) })
	ops["VPCMPEQD"] = ints2(func(a, b uint32) uint32 {
		if a == b {
			return ^uint32(0)
		}
		return 0
	})
	ops["VPCMPGTD"] = ints2(func(a, b uint32) uint32 {
		if int32(a) > int32(b) {
			return ^uint32(0)
		}
		return 0
	})
	ops["VPSLLD"] = shift(func(a uint32, n int64) uint32 { return a << uint64(n) })
	ops["VPSRLD"] = shift(func(a uint32, n int64) uint32 { return a >> uint64(n) })
	ops["VPSRAD"] = shift(func(a uint32, n int64) uint32 { return uint32(int32(a) >> uint64(n)) })
}

// wordOps are products of small integers.
func wordOps(ops map[string]vectorOp) {
	ops["VPMADDWD"] = vectorOp{lane: 4, sources: 2, f: func(out *vec, v *values) {
		a, b := &v.in[0], &v.in[1]
		for i := range v.width / 4 {
			sum := int32(int16(a.u16(2*i)))*int32(int16(b.u16(2*i))) + int32(int16(a.u16(2*i+1)))*int32(int16(b.u16(2*i+1)))
			out.setU32(i, uint32(sum))
		}
	}}
	ops["VPMADDUBSW"] = vectorOp{lane: 2, sources: 2, f: func(out *vec, v *values) {
		a, b := &v.in[0], &v.in[1]
		for i := range v.width / 2 {
			sum := int32(a[2*i])*int32(int8(b[2*i])) + int32(a[2*i+1])*int32(int8(b[2*i+1]))
			out.setU16(i, uint16(int16(min(max(sum, -32768), 32767))))
		}
	}}
	ops["VPDPBUSD"] = vectorOp{lane: 4, sources: 2, f: func(out *vec, v *values) {
		a, b := &v.in[0], &v.in[1]
		for i := range v.width / 4 {
			sum := int32(v.old.u32(i))
			for j := 4 * i; j < 4*i+4; j++ {
				sum += int32(a[j]) * int32(int8(b[j]))
			}
			out.setU32(i, uint32(sum))
		}
	}}
	ops["VPADDW"] = vectorOp{lane: 2, sources: 2, f: func(out *vec, v *values) {
		for i := range v.width / 2 {
			out.setU16(i, v.in[0].u16(i)+v.in[1].u16(i))
		}
	}}
	// The packing instructions work on each 128 bits apart.
	ops["VPACKSSDW"] = vectorOp{lane: 2, sources: 2, f: func(out *vec, v *values) {
		for i := range v.width / 2 {
			x := int32(v.in[i/4%2].u32(i/8*4 + i%4))
			out.setU16(i, uint16(int16(min(max(x, -32768), 32767))))
		}
	}}
	ops["VPACKSSWB"] = vectorOp{lane: 1, sources: 2, f: func(out *vec, v *values) {
		for i := range v.width {
			x := int16(v.in[i/8%2].u16(i/16*8 + i%8))
			out[i] = byte(int8(min(max(x, -128), 127)))
		}
	}}
}

func logic(lane int, f func(a, b uint64) uint64) vectorOp {
	return vectorOp{lane: lane, sources: 2, f: func(out *vec, v *values) {
		for i := range (v.width + 7) / 8 {
			out.setU64(i, f(v.in[0].u64(i), v.in[1].u64(i)))
		}
	}}
}

func logicOps(ops map[string]vectorOp) {
	for base, f := range map[string]func(a, b uint64) uint64{
		"AND": func(a, b uint64) uint64 { return a & b }, "ANDN": func(a, b uint64) uint64 { return ^a & b },
		"OR": func(a, b uint64) uint64 { return a | b }, "XOR": func(a, b uint64) uint64 { return a ^ b },
	} {
		ops["VP"+base] = logic(4, f)
		ops["VP"+base+"D"] = logic(4, f)
		ops["VP"+base+"Q"] = logic(8, f)
		ops["V"+base+"PS"] = logic(4, f)
	}
	ops["VPTERNLOGD"] = vectorOp{lane: 4, sources: 2, imm: true, f: func(out *vec, v *values) {
		for i := range v.width * 8 {
			at, bit := i/8, uint(i%8)
			index := v.old[at]>>bit&1<<2 | v.in[0][at]>>bit&1<<1 | v.in[1][at]>>bit&1
			out[at] |= byte(v.imm>>index&1) << bit
		}
	}}
	ops["VBLENDVPS"] = vectorOp{lane: 4, sources: 3, f: func(out *vec, v *values) {
		for i := range v.width / 4 {
			out.setU32(i, v.in[v.in[2].u32(i)>>31].u32(i))
		}
	}}
	ops["VPLZCNTD"] = vectorOp{lane: 4, sources: 1, f: func(out *vec, v *values) {
		for i := range v.width / 4 {
			out.setU32(i, uint32(mathbits.LeadingZeros32(v.in[0].u32(i))))
		}
	}}
}

func convertOps(ops map[string]vectorOp) {
	toInt := func(round func(float64) float64) vectorOp {
		return vectorOp{lane: 4, sources: 1, f: func(out *vec, v *values) {
			for i := range v.width / 4 {
				x := round(float64(v.in[0].f32(i)))
				if x >= -1<<31 && x < 1<<31 {
					out.setU32(i, uint32(int32(x)))
				} else {
					out.setU32(i, 1<<31)
				}
			}
		}}
	}
	ops["VCVTPS2DQ"] = toInt(math.RoundToEven)
	ops["VCVTTPS2DQ"] = toInt(math.Trunc)
	ops["VCVTDQ2PS"] = vectorOp{lane: 4, sources: 1, f: func(out *vec, v *values) {
		for i := range v.width / 4 {
			out.setF32(i, float32(int32(v.in[0].u32(i))))
		}
	}}
	half := func(width int) int { return width / 2 }
	ops["VPMOVSXBW"] = vectorOp{lane: 2, sources: 1, memory: half, f: func(out *vec, v *values) {
		for i := range v.width / 2 {
			out.setU16(i, uint16(int16(int8(v.in[0][i]))))
		}
	}}
	ops["VPMOVZXWD"] = vectorOp{lane: 4, sources: 1, memory: half, f: func(out *vec, v *values) {
		for i := range v.width / 4 {
			out.setU32(i, uint32(v.in[0].u16(i)))
		}
	}}
	ops["VPMOVSXBD"] = vectorOp{lane: 4, sources: 1, memory: func(width int) int { return width / 4 }, f: func(out *vec, v *values) {
		for i := range v.width / 4 {
			out.setU32(i, uint32(int32(int8(v.in[0][i]))))
		}
	}}
}

// scalarOps are those on the lowest lane that aren't made from wider ones.
func scalarOps(ops map[string]vectorOp) {
	ops["VMOVSS"] = vectorOp{lane: 4, sources: 1, memory: func(int) int { return 4 }, f: func(out *vec, v *values) { out.setU32(0, v.in[0].u32(0)) }}
}
