// Command train learns a model folder from labelled statements, adapts one to
// more labels, and scores one on the held-out part of gold.
//
//	train -o models/mine data/gold
//	train -from models/linear -o models/mine check.csv
//	train -eval models/linear data/gold
//
// Its flags and exit codes are told by train -h.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
)

// Exit codes.
const (
	exitDone        = 0
	exitFailed      = 1
	exitUsage       = 2
	exitNothing     = 4 // no labels to learn from
	exitInterrupted = 130
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// run carries out the command line args and returns the exit code.
func run(ctx context.Context, args []string, _ io.Reader, out, errw io.Writer) int {
	opt, err := parse(args, errw)
	if errors.Is(err, flag.ErrHelp) {
		return exitDone
	}
	if err == nil {
		err = carryOut(ctx, opt, out, errw)
	}
	if err == nil {
		return exitDone
	}
	fmt.Fprintln(errw, "train:", err)
	var usage *usageError
	switch {
	case ctx.Err() != nil:
		return exitInterrupted
	case errors.Is(err, errNothing):
		return exitNothing
	case errors.As(err, &usage):
		fmt.Fprintln(errw, "hint:", usage.hint)
		return exitUsage
	}
	return exitFailed
}

// A usageError is a mistake in the command line, with a hint.
type usageError struct{ msg, hint string }

func (e *usageError) Error() string { return e.msg }

func usagef(hint, format string, args ...any) error {
	return &usageError{fmt.Sprintf(format, args...), hint}
}
