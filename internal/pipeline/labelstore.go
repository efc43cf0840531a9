package pipeline

import (
	"bytes"
	"errors"
	"io/fs"
	"os"

	"standpoint/internal/labels"
)

// storedLabels is a person's labels that the folder keeps.
func (f *folder) storedLabels() ([]labels.Unit, error) {
	path := f.join(labelsFile)
	b, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return labels.Read(bytes.NewReader(b), path)
}

// takeLabels is the folder's labels with newer ones over them.
func (f *folder) takeLabels(newer []labels.Unit) ([]labels.Unit, error) {
	stored, err := f.storedLabels()
	if err != nil {
		return nil, err
	}
	return labels.Merge(stored, newer), nil
}

// writeLabels writes units to path, a file in the work folder.
func writeLabels(path string, units []labels.Unit) error {
	var b bytes.Buffer
	if err := labels.WriteJSONL(&b, units); err != nil {
		return err
	}
	return writeWhole(path, b.Bytes())
}
