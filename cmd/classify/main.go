// Command classify reads news articles and writes, as Parquet, who stands
// where on US troop presence: one row for each statement, holder and host
// country.
//
//	classify -o out data/sample
//
// Its flags, verbs and exit codes are told by classify -h.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"

	"standpoint/internal/pipeline"
)

// Exit codes.
const (
	exitDone        = 0
	exitFailed      = 1
	exitUsage       = 2
	exitBroken      = 3 // done, but some input was broken
	exitNothing     = 4 // nothing to read
	exitInterrupted = 130
)

// gcPercent lets the heap grow to four times what lives before it is
// collected: a part's rows live briefly. Measured on 3,000 articles of 500
// words: 20 % less time than at 100, for 150 MiB more. memoryLimit ends that
// where much lives, as in the finishing step of a large folder.
const (
	gcPercent   = 300
	memoryLimit = 768 << 20
)

func main() {
	if os.Getenv("GOGC") == "" && os.Getenv("GOMEMLIMIT") == "" {
		debug.SetGCPercent(gcPercent)
		debug.SetMemoryLimit(memoryLimit)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second signal ends the process at once
	os.Exit(run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// A console is where a command speaks: results of interest to a person on
// out, everything else on err.
type console struct {
	in       io.Reader
	out, err io.Writer
}

// run carries out the command line args and returns the exit code.
func run(ctx context.Context, args []string, in io.Reader, out, errw io.Writer) int {
	c := console{in, out, errw}
	verb := c.label
	if len(args) > 0 {
		switch args[0] {
		case "score":
			verb, args = c.score, args[1:]
		case "explain":
			verb, args = c.explain, args[1:]
		case "export":
			verb, args = c.export, args[1:]
		case "finish":
			verb, args = c.finish, args[1:]
		case "report":
			verb, args = c.report, args[1:]
		}
	}
	code, err := verb(ctx, args)
	if err != nil {
		c.complain(err)
	}
	return code
}

// A usageError is a mistake in the command line, with a hint.
type usageError struct{ msg, hint string }

func (e *usageError) Error() string { return e.msg }

func usagef(hint, format string, args ...any) error {
	return &usageError{fmt.Sprintf(format, args...), hint}
}

// fail is the exit code that err asks for.
func fail(ctx context.Context, err error) (int, error) {
	var usage *usageError
	var settings *pipeline.SettingsError
	switch {
	case err == nil:
		return exitDone, nil
	case ctx.Err() != nil:
		return exitInterrupted, errors.New("interrupted; finished parts are kept, and the same command goes on after them")
	case errors.As(err, &usage):
		return exitUsage, err
	case errors.As(err, &settings):
		hint := "give the settings that the folder was made with, or another folder"
		if settings.Relabels {
			hint = "give another -o, or -relabel to label the folder again with these settings"
		}
		return exitUsage, &usageError{err.Error(), hint}
	}
	return exitFailed, err
}

// complain tells a person what went wrong, with a hint where there is one.
func (c console) complain(err error) {
	fmt.Fprintln(c.err, "classify:", err)
	var usage *usageError
	if errors.As(err, &usage) && usage.hint != "" {
		fmt.Fprintln(c.err, "hint:", usage.hint)
	}
}
