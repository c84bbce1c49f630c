package edit

import (
	"maps"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"syscall"
)

// Write writes the files, all of them or, where one cannot be written, none: each is
// written beside the old one, and takes its place when all are there. An interrupt
// waits for that.
func (c *Changes) Write() error {
	interrupted := make(chan os.Signal, 1)
	signal.Notify(interrupted, os.Interrupt, syscall.SIGTERM)
	defer signal.Stop(interrupted)
	written := map[string]string{} // the names of new files, by what they replace
	defer func() {
		for _, name := range written {
			os.Remove(name) // those that took no place
		}
	}()
	for _, name := range slices.Sorted(maps.Keys(c.files)) {
		old, err := filepath.EvalSymlinks(name)
		if err != nil {
			return err
		}
		if written[old], err = beside(old, c.files[name].after); err != nil {
			return err
		}
	}
	for old, name := range written {
		if err := os.Rename(name, old); err != nil {
			return err
		}
	}
	return nil
}

// beside writes a file beside another, with its permissions, and returns its name.
func beside(old string, text []byte) (name string, err error) {
	info, err := os.Stat(old)
	if err != nil {
		return "", err
	}
	f, err := os.CreateTemp(filepath.Dir(old), ".errswallow-*")
	if err != nil {
		return "", err
	}
	defer func() {
		if err != nil {
			os.Remove(f.Name())
		}
	}()
	if _, err = f.Write(text); err != nil {
		f.Close()
		return "", err
	}
	if err = f.Close(); err != nil {
		return "", err
	}
	return f.Name(), os.Chmod(f.Name(), info.Mode())
}
