package model

import (
	"context"

	"standpoint/internal/eval"
	"standpoint/internal/features"
	"standpoint/internal/labels"
)

// Judge has c judge examples and lays its answers beside their labels.
func Judge(ctx context.Context, c Classifier, name string, examples []Example) (eval.Judged, error) {
	ps, err := c.Predict(ctx, instances(examples))
	if err != nil {
		return eval.Judged{}, err
	}
	j := eval.Judged{Name: name}
	for i, p := range ps {
		j.Add(answer(&examples[i], p))
	}
	return j, nil
}

// instances are the examples without their labels.
func instances(examples []Example) []features.Instance {
	in := make([]features.Instance, len(examples))
	for i := range examples {
		in[i] = examples[i].Instance
	}
	return in
}

// answer lays a prediction beside an example's labels.
func answer(e *Example, p Prediction) eval.Answer {
	a := eval.Answer{
		Stance:    eval.Row{Gold: e.Stance, Pred: argmax(p.Stance[:]), P: p.Stance[:], Abstained: p.Abstained, Document: e.Document},
		Sentiment: eval.Row{Gold: e.Sentiment, Pred: argmax(p.Sentiment[:]), P: p.Sentiment[:], Document: e.Document},
	}
	if _, hi := labels.StrengthRange(e.Stance); e.Stance == a.Stance.Pred && (hi != 0 || e.Strength != 0) {
		a.Strength = &[2]int{e.Strength, p.Strength}
	}
	return a
}

// ByRule is the stance that the lexicon alone gives: the baseline a learned
// model has to beat.
func ByRule(examples []Example) []eval.Row {
	out := make([]eval.Row, len(examples))
	for i := range examples {
		e := &examples[i]
		out[i] = eval.Row{Gold: e.Stance, Pred: rule(features.Read(e.Instance)), Document: e.Document}
	}
	return out
}

// rule turns what the lexicon reads into a stance.
func rule(r features.Reading) int {
	switch {
	case !r.Forces:
		return labels.Unrelated
	case r.Stay > 0 && r.Leave > 0 && r.Stay == r.Leave:
		return labels.Mixed
	case r.Stay > r.Leave:
		return labels.Favor
	case r.Leave > r.Stay:
		return labels.Against
	}
	return labels.Neutral
}
