// Package edit applies suggested fixes to files.
package edit

import (
	"bytes"
	"cmp"
	"fmt"
	"go/format"
	"go/parser"
	"go/token"
	"io"
	"maps"
	"os"
	"slices"
	"strconv"

	udiff "github.com/aymanbagabas/go-udiff"
	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/astutil"
)

// Changes are the files that fixes change.
type Changes struct {
	files map[string]*change
	took  []bool
}

// Took reports whether the fix of this index is among the changes: one is left
// out that overlaps with an earlier one.
func (c *Changes) Took(i int) bool { return c.took[i] }

type change struct {
	before, after []byte
	edits         []udiff.Edit
}

// Plan computes what the files are after the fixes, and changes nothing. Files
// are formatted, and imports that they do not need any more are dropped.
func Plan(fset *token.FileSet, fixes []analysis.SuggestedFix) (*Changes, error) {
	c := &Changes{files: map[string]*change{}}
	for _, fix := range fixes {
		if err := c.add(fset, fix); err != nil {
			return nil, err
		}
	}
	for name, f := range c.files {
		text, err := udiff.ApplyBytes(f.before, f.edits)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		if f.after, err = tidy(name, f.before, text); err != nil {
			return nil, err
		}
	}
	return c, nil
}

// tidy formats a file, and drops the imports that were used before and are not any
// more. Package imports of x/tools does that, too, with an index of the standard
// library that every process of go vet would pay for.
func tidy(name string, before, after []byte) ([]byte, error) {
	fset := token.NewFileSet()
	was, err := parser.ParseFile(fset, name, before, 0)
	if err != nil {
		return nil, err
	}
	is, err := parser.ParseFile(fset, name, after, parser.ParseComments)
	if err != nil {
		return nil, err
	}
	dropped := false
	for _, spec := range slices.Clone(is.Imports) {
		path, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		if astutil.UsesImport(was, path) && !astutil.UsesImport(is, path) {
			named := ""
			if spec.Name != nil {
				named = spec.Name.Name
			}
			dropped = astutil.DeleteNamedImport(fset, is, named, path) || dropped
		}
	}
	if !dropped {
		return format.Source(after)
	}
	var text bytes.Buffer
	if err := format.Node(&text, fset, is); err != nil {
		return nil, err
	}
	return text.Bytes(), nil
}

// add merges a fix into what the others change, all of it or nothing.
func (c *Changes) add(fset *token.FileSet, fix analysis.SuggestedFix) error {
	merged := map[string][]udiff.Edit{}
	for _, e := range fix.TextEdits {
		file := fset.File(e.Pos)
		name := file.Name()
		if c.files[name] == nil {
			before, err := os.ReadFile(name)
			if err != nil {
				return err
			}
			c.files[name] = &change{before: before}
		}
		merged[name] = append(merged[name], udiff.Edit{Start: file.Offset(e.Pos), End: file.Offset(cmp.Or(e.End, e.Pos)), New: string(e.NewText)})
	}
	for name, edits := range merged {
		udiff.SortEdits(edits)
		all, ok := udiff.Merge(c.files[name].edits, edits)
		if !ok {
			c.took = append(c.took, false)
			return nil
		}
		merged[name] = all
	}
	for name, edits := range merged {
		c.files[name].edits = edits
	}
	c.took = append(c.took, true)
	return nil
}

// Diff writes the changes as a unified diff. label shortens a file's name.
func (c *Changes) Diff(w io.Writer, label func(string) string) error {
	var out bytes.Buffer
	for _, name := range slices.Sorted(maps.Keys(c.files)) {
		f := c.files[name]
		out.WriteString(udiff.Unified("a/"+label(name), "b/"+label(name), string(f.before), string(f.after)))
	}
	_, err := w.Write(out.Bytes())
	return err
}
