package inject

import (
	"cmp"
	"encoding/json"
	"fmt"
	"iter"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

func keys[K comparable, V any](m map[K]V) iter.Seq[K] { return maps.Keys(m) }

// An Overlay is a folder with rewritten files, and with the file that tells the go command
// of them.
type Overlay struct {
	dir string
	// written are the files that stand in the place of others, and in the place of which.
	written map[string]string
}

// Name is the file for the go command's -overlay.
func (o Overlay) Name() string { return filepath.Join(o.dir, "overlay.json") }

// write rewrites the files of packages that have sites, into the folder. The user's own stay
// as they are.
func (o *Overlay) write(packages []*Package) error {
	replaced := map[string]string{}
	o.written = map[string]string{}
	for i, p := range packages {
		files := map[string][]*Site{}
		for _, s := range p.Sites {
			if s.Alone == "" {
				files[s.File] = append(files[s.File], s)
			}
		}
		if len(files) == 0 {
			continue
		}
		folder := filepath.Join(o.dir, fmt.Sprintf("%d", i))
		if err := os.MkdirAll(folder, 0o777); err != nil {
			return err
		}
		put := func(name string, text []byte) error {
			to := filepath.Join(folder, filepath.Base(name))
			replaced[name], o.written[to] = to, name
			return os.WriteFile(to, text, 0o666)
		}
		for name, sites := range files {
			text, err := os.ReadFile(name)
			if err != nil {
				return err
			}
			if text, err = rewritten(text, sites); err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
			if err := put(name, text); err != nil {
				return err
			}
		}
		if err := put(filepath.Join(p.Dir, generatedName), generated(p)); err != nil {
			return err
		}
	}
	text, err := json.MarshalIndent(struct{ Replace map[string]string }{replaced}, "", "\t")
	if err != nil {
		return err
	}
	return os.WriteFile(o.Name(), append(text, '\n'), 0o666)
}

// An insertion puts a text in the place of another, which may be empty.
type insertion struct {
	start, end int
	text       string
	// closes: it belongs to what stands before it.
	closes bool
	// width is how much the call has that it is about: of those that open at one place the
	// widest comes first, and last of those that close.
	width int
}

// rewritten returns a file whose sites call their functions. Its lines stay what they are.
func rewritten(text []byte, sites []*Site) ([]byte, error) {
	var edits []insertion
	for _, s := range sites {
		f := s.Form
		width := f.End - f.Start
		open := fmt.Sprintf("%s%d(", prefix, s.Number)
		if f.Start < 0 || f.End > len(text) || f.Start >= f.End {
			return nil, fmt.Errorf("changed since it was read")
		}
		switch r := f.Receiver; {
		case r == nil:
			edits = append(edits, insertion{f.Start, f.Start, open, false, width}, insertion{f.End, f.End, f.Types + ")", true, width})
		default:
			if r.Address {
				open += "&"
			}
			closing := r.Path
			// What is dropped may have a line's end in it, and behind that a call's last
			// argument wants a comma.
			dropped := string(text[r.End:f.End])
			if lines := strings.Count(dropped, "\n"); lines > 0 {
				closing += "," + strings.Repeat("\n", lines)
			}
			closing += ")"
			if f.Process {
				closing += "." + r.Method
			}
			edits = append(edits, insertion{f.Start, f.Start, open, false, width}, insertion{r.End, f.End, closing, true, width})
		}
	}
	slices.SortStableFunc(edits, func(a, b insertion) int {
		switch {
		case a.start != b.start:
			return cmp.Compare(a.start, b.start)
		case a.closes != b.closes:
			if a.closes {
				return -1
			}
			return 1
		case a.closes:
			return cmp.Compare(a.width, b.width)
		}
		return cmp.Compare(b.width, a.width)
	})
	var out []byte
	at := 0
	for _, e := range edits {
		if e.start < at {
			return nil, fmt.Errorf("two calls overlap at byte %d", e.start)
		}
		out = append(append(out, text[at:e.start]...), e.text...)
		at = e.end
	}
	return append(out, text[at:]...), nil
}
