package pipeline

import (
	"bufio"
	"cmp"
	"container/heap"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"slices"
	"strings"
)

// A sorter sorts any number of string records in bounded memory: past
// spillSize it writes sorted runs into the work folder and merges them.
type sorter struct {
	dir   string // for the runs
	name  string
	limit int

	records []string
	size    int
	runs    []*os.File
}

// spillSize is how many bytes of records a sorter holds: two sorters at once
// and everything else stay far under 1 GiB, and a nightly run never spills.
const spillSize = 64 << 20

// stringHeader is what a string costs beside its bytes.
const stringHeader = 16

func newSorter(dir, name string) *sorter { return &sorter{dir: dir, name: name, limit: spillSize} }

// add takes in a record of fields, which hold no NUL byte: fields are compared
// one by one.
func (s *sorter) add(fields ...string) error {
	r := strings.Join(fields, "\x00")
	s.records = append(s.records, r)
	s.size += len(r) + stringHeader
	if s.size < s.limit {
		return nil
	}
	return s.spill()
}

// spill writes the records held as a sorted run.
func (s *sorter) spill() (err error) {
	slices.Sort(s.records)
	f, err := os.CreateTemp(s.dir, s.name+"-*.run")
	if err != nil {
		return err
	}
	s.runs = append(s.runs, f)
	w := bufio.NewWriterSize(f, 1<<20)
	for _, r := range s.records {
		w.Write(binary.AppendUvarint(nil, uint64(len(r))))
		w.WriteString(r)
	}
	s.records, s.size = s.records[:0], 0
	if err := w.Flush(); err != nil {
		return fmt.Errorf("spilling %s: %w", s.name, err)
	}
	_, err = f.Seek(0, io.SeekStart)
	return err
}

// close removes the runs.
func (s *sorter) close() {
	for _, f := range s.runs {
		f.Close()
		os.Remove(f.Name())
	}
}

// sorted yields the fields of all records in order. It is used once, after
// the last add.
func (s *sorter) sorted() iter.Seq2[[]string, error] {
	return func(yield func([]string, error) bool) {
		slices.Sort(s.records)
		sources := runHeap{{memory: s.records}}
		for _, f := range s.runs {
			sources = append(sources, &run{file: bufio.NewReaderSize(f, 256<<10)})
		}
		h := runHeap{}
		for _, r := range sources {
			if more, err := r.next(); err != nil {
				yield(nil, err)
				return
			} else if more {
				h = append(h, r)
			}
		}
		heap.Init(&h)
		for len(h) > 0 {
			if !yield(strings.Split(h[0].head, "\x00"), nil) {
				return
			}
			more, err := h[0].next()
			if err != nil {
				yield(nil, err)
				return
			}
			if more {
				heap.Fix(&h, 0)
			} else {
				heap.Pop(&h)
			}
		}
	}
}

// A run is a sorted list of records, in memory or in a file.
type run struct {
	memory []string
	file   *bufio.Reader
	head   string
}

// next moves to the next record and reports whether there is one.
func (r *run) next() (bool, error) {
	if r.file == nil {
		if len(r.memory) == 0 {
			return false, nil
		}
		r.head, r.memory = r.memory[0], r.memory[1:]
		return true, nil
	}
	n, err := binary.ReadUvarint(r.file)
	if errors.Is(err, io.EOF) {
		return false, nil
	}
	b := make([]byte, n)
	if err == nil {
		_, err = io.ReadFull(r.file, b)
	}
	r.head = string(b)
	return err == nil, err
}

// A runHeap orders runs by their next record.
type runHeap []*run

func (h runHeap) Len() int           { return len(h) }
func (h runHeap) Less(i, j int) bool { return cmp.Less(h[i].head, h[j].head) }
func (h runHeap) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *runHeap) Push(x any)        { *h = append(*h, x.(*run)) }
func (h *runHeap) Pop() any {
	old := *h
	x := old[len(old)-1]
	*h = old[:len(old)-1]
	return x
}
