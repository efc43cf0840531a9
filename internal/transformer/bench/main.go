// Command bench is the Go half of scripts/bench_peers.py, which compares the
// encoder and its training with other libraries:
//
//	bench serve            answers requests, a line of JSON each, on standard input
//	bench small FROM TO    writes the int8 form of the checkpoint in folder FROM
//	bench label DIR TEXT   loads the checkpoint in DIR, labels one sentence, and ends
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"

	"standpoint/internal/transformer"
	"standpoint/internal/transformer/training"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	switch {
	case len(args) == 1 && args[0] == "serve":
		return serve()
	case len(args) == 3 && args[0] == "small":
		return small(args[1], args[2])
	case len(args) == 3 && args[0] == "label":
		return label(args[1], args[2])
	}
	return fmt.Errorf("usage: bench serve | small FROM TO | label DIR TEXT")
}

// request is what the script asks for: one measurement of one round.
type request struct {
	Do        string  // load, encode, memory, train
	Dir       string  // the checkpoint's folder
	Precision string  // float32, bfloat16 or int8
	Lengths   []int   // encode, train: tokens of each sentence
	Workers   int     // encode, train
	Seconds   float64 // encode: for how long
	Steps     int     // train: how many, after one that is not counted
}

// answer is the measurement.
type answer struct {
	PerSecond float64 `json:"per_second"` // sentences, or examples
	Count     int     `json:"count"`      // of them
	Resident  int     `json:"resident"`   // bytes
	Path      string  `json:"path"`       // the kernels'
}

// serve answers requests until standard input ends.
func serve() error {
	s := server{encoders: map[string]*transformer.Encoder{}, networks: map[string]*training.Classifier{}}
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var r request
		if err := json.Unmarshal(lines.Bytes(), &r); err != nil {
			return err
		}
		a, err := s.do(r)
		if err != nil {
			return fmt.Errorf("%s %s: %w", r.Do, r.Dir, err)
		}
		if err := json.NewEncoder(os.Stdout).Encode(a); err != nil {
			return err
		}
	}
	return lines.Err()
}
