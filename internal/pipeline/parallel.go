package pipeline

import (
	"context"
	"sync"
	"sync/atomic"
)

// parallel calls do(0) ... do(n-1) on the given number of workers and waits.
// It stops early on cancellation or on an error, and returns the first of the
// lowest index it has seen.
func parallel(ctx context.Context, workers, n int, do func(int) error) error {
	var next atomic.Int64
	errs := make([]error, n)
	var stop atomic.Bool
	var wg sync.WaitGroup
	for range min(max(workers, 1), n) {
		wg.Go(func() {
			for !stop.Load() && ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= n {
					return
				}
				if errs[i] = do(i); errs[i] != nil {
					stop.Store(true)
				}
			}
		})
	}
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return ctx.Err()
}
