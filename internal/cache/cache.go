// Package cache keeps what was learned of packages in files, by a key that is made of
// all that it was learned from: what is in it is never out of date, and may be lost at
// any time. Several processes may use one folder at once.
package cache

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// A Cache is a folder. The zero Cache keeps nothing.
type Cache struct{ dir string }

// Off is the name of a folder that stands for none.
const Off = "off"

// Open returns the cache in a folder, which is made when something is kept; in
// $ERRSWALLOW_CACHE if the name is "", and else in the user's folder for caches. Where
// there is none it keeps nothing: a run does without.
func Open(dir string) *Cache {
	if dir == "" {
		dir = os.Getenv("ERRSWALLOW_CACHE")
	}
	if dir == Off {
		return &Cache{}
	}
	if dir == "" {
		user, err := os.UserCacheDir()
		if err != nil {
			return &Cache{}
		}
		dir = filepath.Join(user, "errswallow")
	}
	dir, err := filepath.Abs(dir)
	if err != nil {
		return &Cache{}
	}
	return &Cache{dir}
}

const (
	// unused is how long an entry stays that nobody asks for, and most how many bytes
	// all of them may have.
	unused = 10 * 24 * time.Hour
	most   = 256 << 20
	// often is how often somebody looks for what is too much, and how exactly it is
	// known when an entry was asked for.
	often = 24 * time.Hour
	exact = time.Hour
)

// marker is the file whose time is that of the last look.
const marker = "trimmed"

// name is the file of a key. Keys are hexadecimal, and long.
func (c *Cache) name(key string) string { return filepath.Join(c.dir, key[:2], key) }

// Get returns what is kept under a key, or nil.
func (c *Cache) Get(key string) []byte {
	if c.dir == "" {
		return nil
	}
	name := c.name(key)
	text, err := os.ReadFile(name)
	if err != nil || len(text) < sha256.Size {
		return nil
	}
	// A machine that stops may leave a file behind that is not whole.
	sum := sha256.Sum256(text[sha256.Size:])
	if !bytes.Equal(sum[:], text[:sha256.Size]) {
		return nil
	}
	if info, err := os.Stat(name); err == nil && time.Since(info.ModTime()) > exact {
		os.Chtimes(name, time.Time{}, time.Now()) // else it is forgotten sooner
	}
	return text[sha256.Size:]
}

// Put keeps something under a key. If it cannot, the next run learns it again.
func (c *Cache) Put(key string, value []byte) {
	if c.dir == "" {
		return
	}
	name := c.name(key)
	if os.MkdirAll(filepath.Dir(name), 0o777) != nil {
		return
	}
	// Nobody may read half of it, and two may write it at once.
	file, err := os.CreateTemp(filepath.Dir(name), "new-*")
	if err != nil {
		return
	}
	sum := sha256.Sum256(value)
	_, err = file.Write(slices.Concat(sum[:], value))
	if cmp.Or(err, file.Close()) != nil || os.Rename(file.Name(), name) != nil {
		os.Remove(file.Name())
	}
}

// Trim forgets, once a day, what nobody has asked for, and the oldest of what is too
// much.
func (c *Cache) Trim() {
	if c.dir == "" {
		return
	}
	mark := filepath.Join(c.dir, marker)
	if info, err := os.Stat(mark); err == nil && time.Since(info.ModTime()) < often {
		return
	}
	if os.WriteFile(mark, nil, 0o666) != nil {
		return // there is no cache
	}
	type entry struct {
		name string
		fs.FileInfo
	}
	var entries []entry
	filepath.WalkDir(c.dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !ours(d.Name()) {
			return nil
		}
		if info, err := d.Info(); err == nil {
			entries = append(entries, entry{name, info})
		}
		return nil
	})
	slices.SortFunc(entries, func(a, b entry) int { return b.ModTime().Compare(a.ModTime()) })
	var sum int64
	for _, e := range entries {
		sum += e.Size()
		if sum > most || time.Since(e.ModTime()) > unused {
			os.Remove(e.name)
		}
	}
}

// ours reports whether a file is an entry, or one that was to become one: a folder may
// be somebody's home by mistake.
func ours(name string) bool {
	if strings.HasPrefix(name, "new-") {
		return true
	}
	sum, err := hex.DecodeString(name)
	return err == nil && len(sum) == sha256.Size
}
