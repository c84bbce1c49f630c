package main

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"os"

	"github.com/errswallow/errswallow/internal/cache"
)

// A kept is the cache of what earlier runs have learned, as far as one may use it.
type kept struct {
	*cache.Cache
	// salt says what it depends on beside the packages: this command, and its settings.
	salt string
	// anew: everything is looked at anew, and kept.
	anew bool
}

// kept returns what earlier runs have learned, or nil if this one may not know. A run
// that says where it was silent looks at everything.
func (o *options) kept(self string) (*kept, error) {
	if o.cache == cache.Off || o.baseline != "" && !o.tests {
		return nil, nil // what a package without test files declares is not kept
	}
	salt, err := o.salt(self)
	if err != nil {
		return nil, err
	}
	return &kept{cache.Open(o.cache), salt, o.settings.Verbose}, nil
}

// salt is made of all that a run depends on beside the packages: the command, which is the
// file self, and the settings.
func (o *options) salt(self string) (string, error) {
	file, err := os.Open(self)
	if err != nil {
		return "", err
	}
	defer file.Close()
	tool := sha256.New()
	if _, err := io.Copy(tool, file); err != nil {
		return "", err
	}
	settings := o.settings
	settings.Verbose = false
	for _, name := range settings.Catalogues {
		text, err := os.ReadFile(name)
		if err != nil {
			return "", err
		}
		fmt.Fprintf(tool, "%q %q\n", name, text)
	}
	if o.file != nil { // messages name its lines
		fmt.Fprintf(tool, "%q %q\n", o.file.Path, o.file.Text)
	}
	said, err := json.Marshal(settings)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%x %s", tool.Sum(nil), said), nil
}

// Get implements load.Cache.
func (k *kept) Get(key string) []byte {
	if k.anew {
		return nil
	}
	return k.Cache.Get(key)
}
