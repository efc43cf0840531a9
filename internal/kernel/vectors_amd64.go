package kernel

import "unsafe"

var vectorsAVX2 = vectors{
	lanes: 8, exp: expAVX2, gelu: geluAVX2, geluBackward: geluBackwardAVX2,
	softmax: softmaxAVX2, softmaxBackward: softmaxBackwardAVX2,
	layerNorm: layerNormAVX2, layerNormBackward: layerNormBackwardAVX2,
	add: addAVX2, mul: mulAVX2, axpy: axpyAVX2, scale: scaleAVX2, adamW: adamWAVX2, round: roundAVX2,
	dot: func(a, b []float32) (sum float32) {
		dotAVX2(len(a), unsafe.Pointer(&sum), pointer(a), pointer(b))
		return sum
	},
	largest: func(x []float32) (bits uint32) {
		largestAVX2(len(x), unsafe.Pointer(&bits), pointer(x))
		return bits
	},
}

var vectorsAVX512 = vectors{
	lanes: 16, exp: expAVX512, gelu: geluAVX512, geluBackward: geluBackwardAVX512,
	softmax: softmaxAVX512, softmaxBackward: softmaxBackwardAVX512,
	layerNorm: layerNormAVX512, layerNormBackward: layerNormBackwardAVX512,
	add: addAVX512, mul: mulAVX512, axpy: axpyAVX512, scale: scaleAVX512, adamW: adamWAVX512, round: roundAVX512,
	dot: func(a, b []float32) (sum float32) {
		dotAVX512(len(a), unsafe.Pointer(&sum), pointer(a), pointer(b))
		return sum
	},
	largest: func(x []float32) (bits uint32) {
		largestAVX512(len(x), unsafe.Pointer(&bits), pointer(x))
		return bits
	},
}
