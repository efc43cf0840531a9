package training

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"

	"github.com/nlpodyssey/spago/ag"
	"github.com/nlpodyssey/spago/mat"
)

// A trainer is one run of Train.
type trainer struct {
	*machine
	objective
	opt       Options
	optimiser *optimiser
	states    *stateCache // above the frozen layers; nil where none are or no folder is given
	digest    [32]byte    // of all that the course depends on
	step      int         // steps taken
	perEpoch  int         // steps of an epoch
	steps     int
	epoch     int   // whose order is in place; -1: none
	order     []int // of examples
	saved     int   // step of the last snapshot; -1: none
}

// train runs an objective to its end.
func train(ctx context.Context, o objective, opt Options) error {
	opt = opt.withDefaults()
	t, err := newTrainer(o, opt)
	if err != nil {
		return err
	}
	if err := t.resume(); err != nil {
		return err
	}
	if t.states, err = t.openCache(ctx); err != nil {
		return err
	}
	defer t.states.close()
	clock := newClock(t.step)
	for t.step < t.steps {
		if err := ctx.Err(); err != nil {
			return t.stop(err)
		}
		loss, norm, err := t.takeStep()
		if err != nil {
			return err
		}
		t.report(clock, loss, norm)
		if err := t.saveIfDue(clock); err != nil {
			return err
		}
	}
	return t.save()
}

func newTrainer(o objective, opt Options) (*trainer, error) {
	n := o.network()
	config := n.base.Config
	if err := opt.check(config); err != nil {
		return nil, err
	}
	if o.examples() == 0 {
		return nil, fmt.Errorf("no examples to learn from")
	}
	m, err := opt.machine()
	if err != nil {
		return nil, err
	}
	t := &trainer{machine: m, objective: o, opt: opt, epoch: -1, saved: -1}
	t.perEpoch = (o.examples() + opt.Batch*opt.Accumulate - 1) / (opt.Batch * opt.Accumulate)
	t.steps = t.perEpoch * opt.Epochs
	t.digest = t.describeAll()
	floors, first := n.encoder.params(), 0
	if opt.Freeze > 0 {
		first = opt.Freeze + 1
		for _, floor := range floors[:first] {
			for _, p := range floor {
				p.learn(false)
			}
		}
	}
	t.optimiser = newOptimiser(m, floors, first, n.top, opt)
	return t, nil
}

// chosen are the examples of the next step, in the epoch's order.
func (t *trainer) chosen() (epoch int, examples []int) {
	epoch = t.step / t.perEpoch
	if epoch != t.epoch {
		rng := rand.New(rand.NewPCG(t.network().seed, stream(shuffleStream, uint64(epoch))))
		t.order, t.epoch = rng.Perm(t.examples()), epoch
	}
	size := t.opt.Batch * t.opt.Accumulate
	from := t.step % t.perEpoch * size
	return epoch, t.order[from:min(from+size, len(t.order))]
}

// takeStep learns from the next examples. It returns their loss and the norm
// of its gradient.
func (t *trainer) takeStep() (loss, norm float64, err error) {
	epoch, examples := t.chosen()
	divisors := t.divisors(epoch, examples)
	for from := 0; from < len(examples); from += t.opt.Batch {
		l, err := t.passBatch(epoch, examples[from:min(from+t.opt.Batch, len(examples))], divisors)
		if err != nil {
			return 0, 0, err
		}
		loss += l
	}
	norm = t.optimiser.norm()
	if !finite(loss) || !finite(norm) {
		return loss, norm, t.notFinite(loss, norm)
	}
	t.optimiser.step(t.step, norm, t.opt.factor(t.step, t.steps))
	t.step++
	return loss, norm, nil
}

func finite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }

// notFinite says at which step training broke and what can be gone back to.
func (t *trainer) notFinite(loss, norm float64) error {
	back := "there is no snapshot to go back to"
	if t.saved >= 0 {
		back = fmt.Sprintf("the last good snapshot is %s, after step %d", t.opt.Snapshot, t.saved)
	}
	return fmt.Errorf("step %d: the loss is %v, its gradient's norm %v; %s", t.step+1, loss, norm, back)
}

// passBatch adds a batch's gradients and returns its part of the loss.
func (t *trainer) passBatch(epoch int, examples []int, divisors []float64) (float64, error) {
	x, err := t.frozenStates(epoch, examples)
	if err != nil {
		return 0, err
	}
	streams := make([]uint64, len(examples))
	for k, i := range examples {
		streams[k] = stream(t.network().seed, dropoutStream, uint64(epoch), uint64(i))
	}
	g := t.newGraph(t.batch(epoch, examples), streams)
	defer g.close()
	var under mat.Tensor
	if x != nil {
		a := g.newActivation(len(g.batch.IDs), t.network().base.Config.Hidden)
		copy(a.data, x)
		under = a
	}
	e := t.network().encoder
	states := e.climb(g, under, t.opt.Freeze, len(e.layers), t.opt)
	loss := t.loss(g, states, epoch, examples, divisors)
	value := float64(values(loss)[0])
	if !finite(value) {
		return value, nil
	}
	return value, ag.Backward(loss)
}

// frozenStates are the states above the frozen layers, or nil where none are
// frozen. They are without dropout, so that they can be kept.
func (t *trainer) frozenStates(epoch int, examples []int) ([]float32, error) {
	if t.opt.Freeze == 0 {
		return nil, nil
	}
	if t.states != nil {
		return t.states.read(examples)
	}
	return t.workOut(epoch, examples), nil
}

// workOut passes examples through the frozen layers.
func (t *trainer) workOut(epoch int, examples []int) []float32 {
	g := t.newGraph(t.batch(epoch, examples), nil)
	defer g.close()
	x := t.network().encoder.climb(g, nil, 0, t.opt.Freeze, t.opt)
	return append([]float32(nil), values(x)...)
}
