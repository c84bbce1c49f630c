package load

import (
	"crypto/sha256"
	"fmt"
	"hash"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/go/packages"

	origins "github.com/errswallow/errswallow/internal/origin"
)

// A Cache keeps what was learned of packages, by keys. It may forget anything.
type Cache interface {
	Get(key string) []byte
	Put(key string, value []byte)
}

// key is made of all that anything can be learned of a package from: its files, or the
// version of the module that they were fetched with, what the go command says of it,
// and the keys of what it imports. It is "" if nobody knows all. What cgo has made of a
// package says what headers and a compiler have to do with it.
func (c *checker) key(u *unit) string {
	if u.keyed {
		return u.hash // "" on the way: they import each other
	}
	u.keyed = true
	h := sha256.New()
	fmt.Fprintf(h, "%q %q %+v\n", c.salt, c.dir, c.env)
	fmt.Fprintf(h, "%d %v %q %q %q %q\n", min(u.origin, bodiless), u.native, u.ID, u.PkgPath, u.Name, u.ForTest)
	for m := u.Module; m != nil; m = m.Replace {
		fmt.Fprintf(h, "%q %q %q\n", m.Path, m.Version, m.GoVersion)
	}
	// What the go command cannot compile of others' packages it says only when it is
	// asked for export data; the files say the same.
	if u.origin == source || len(u.GoFiles) == 0 {
		for _, f := range u.faults {
			fmt.Fprintf(h, "%q\n", f.String())
		}
	}
	if !c.hashFiles(h, u) {
		return ""
	}
	for _, path := range slices.Sorted(maps.Keys(u.imports)) {
		dep := u.imports[path]
		if dep == nil {
			return ""
		}
		key := c.key(dep)
		if key == "" {
			return ""
		}
		fmt.Fprintf(h, "%q %s\n", path, key)
	}
	u.hash = fmt.Sprintf("%x", h.Sum(nil))
	return u.hash
}

// hashFiles adds the files of a package to its key, and reports whether they say all.
func (c *checker) hashFiles(h hash.Hash, u *unit) bool {
	for _, name := range u.files() {
		if u.origin != source && c.unchanging(u.Package, name) {
			fmt.Fprintf(h, "%q\n", filepath.Base(name))
			continue
		}
		file, err := os.Open(name)
		if err != nil {
			return false
		}
		sum := sha256.New()
		_, err = io.Copy(sum, file)
		file.Close()
		if err != nil {
			return false
		}
		fmt.Fprintf(h, "%q %x\n", name, sum.Sum(nil))
	}
	return true
}

// unchanging reports whether a file is what its module's version, or that of Go, says.
func (c *checker) unchanging(p *packages.Package, name string) bool {
	return std(p, c.env.goroot) || origins.Fetched(name) && strings.Contains(filepath.ToSlash(name), "@v")
}

// runKey is that of a run as a whole.
func (c Config) runKey(dir string, patterns []string) string {
	flags := []string{os.Getenv("GOFLAGS"), os.Getenv("GOOS"), os.Getenv("GOARCH"), os.Getenv("GOWORK")}
	return fmt.Sprintf("%x", sha256.Sum256(fmt.Appendf(nil, "%q %q %q %v %q %q", c.Salt, dir, patterns, c.Tests, c.Tags, flags)))
}
