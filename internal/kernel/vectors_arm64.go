package kernel

import "unsafe"

var vectorsNEON = vectors{
	lanes: 4, exp: expNEON, gelu: geluNEON, geluBackward: geluBackwardNEON,
	softmax: softmaxNEON, softmaxBackward: softmaxBackwardNEON,
	layerNorm: layerNormNEON, layerNormBackward: layerNormBackwardNEON,
	add: addNEON, mul: mulNEON, axpy: axpyNEON, scale: scaleNEON, adamW: adamWNEON, round: roundNEON,
	dot: func(a, b []float32) (sum float32) {
		dotNEON(len(a), unsafe.Pointer(&sum), pointer(a), pointer(b))
		return sum
	},
	largest: func(x []float32) (bits uint32) {
		largestNEON(len(x), unsafe.Pointer(&bits), pointer(x))
		return bits
	},
}
