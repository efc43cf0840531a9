package training

import (
	"math/bits"
	"sync"
)

// An arena lends memory for one step and takes it back for the next, so that
// the collector does not sweep half a gigabyte of activations a step. Lent
// memory holds anything.
type arena struct {
	mu   sync.Mutex
	free [64 * 4][][]float32 // by size class
}

// class is the smallest size class that holds n: four a doubling. size is
// what its slices hold.
func class(n int) (class, size int) {
	if n <= 64 {
		return 0, 64
	}
	shift := bits.Len(uint(n-1)) - 3 // n-1 >> shift is 4..7
	quarter := (n-1)>>shift + 1      // 5..8
	return shift*4 + quarter - 4, quarter << shift
}

// take lends n floats.
func (a *arena) take(n int) []float32 {
	c, size := class(n)
	a.mu.Lock()
	defer a.mu.Unlock()
	if list := a.free[c]; len(list) > 0 {
		s := list[len(list)-1]
		a.free[c] = list[:len(list)-1]
		return s[:n]
	}
	return make([]float32, n, size)
}

// give takes back what take lent. Nobody may use s any more.
func (a *arena) give(s []float32) {
	if cap(s) == 0 {
		return
	}
	c, _ := class(cap(s))
	a.mu.Lock()
	defer a.mu.Unlock()
	a.free[c] = append(a.free[c], s[:cap(s)])
}
