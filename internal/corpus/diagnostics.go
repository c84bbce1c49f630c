package corpus

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// A Diagnostic is what errswallow -json prints of one finding.
type Diagnostic struct {
	Path    string // below the root: owner/name/file
	Line    int
	Func    string
	Rule    string
	Message string
}

// ReadDiagnostics reads the output of errswallow -json, of one run or of several, one
// after the other. The repositories stand below root, each as owner/name. What is
// found twice, in two variants of a package, is there once.
func ReadDiagnostics(root string, r io.Reader) ([]Diagnostic, error) {
	var out []Diagnostic
	for documents := json.NewDecoder(r); ; {
		var packages map[string]map[string][]struct {
			Category, Posn, Message string
		}
		switch err := documents.Decode(&packages); {
		case err == io.EOF:
			return sorted(out), nil
		case err != nil:
			return nil, err
		}
		for _, analyzers := range packages {
			for name, found := range analyzers {
				if name != "errswallow" {
					continue // what is not analysed
				}
				for _, f := range found {
					d := Diagnostic{Rule: f.Category, Message: f.Message}
					if err := d.locate(root, f.Posn); err != nil {
						return nil, err
					}
					d.Func, _, _ = strings.Cut(f.Message, ":")
					out = append(out, d)
				}
			}
		}
	}
}

// locate reads a position, file:line:column.
func (d *Diagnostic) locate(root, posn string) error {
	file, position, _ := cutLast(posn, 2)
	rel, err := filepath.Rel(root, file)
	if err != nil || strings.HasPrefix(rel, "..") {
		return fmt.Errorf("%s does not stand below %s", file, root)
	}
	line, _, _ := strings.Cut(position, ":")
	if d.Line, err = strconv.Atoi(line); err != nil {
		return fmt.Errorf("%s is no file:line:column", posn)
	}
	d.Path = filepath.ToSlash(rel)
	return nil
}

// sorted orders diagnostics by position, and leaves out what is there twice.
func sorted(out []Diagnostic) []Diagnostic {
	slices.SortFunc(out, func(a, b Diagnostic) int {
		return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Message, b.Message))
	})
	return slices.Compact(out)
}

// cutLast cuts s before the n-th colon from its end.
func cutLast(s string, n int) (before, after string, ok bool) {
	i := len(s)
	for range n {
		if i = strings.LastIndexByte(s[:i], ':'); i < 0 {
			return s, "", false
		}
	}
	return s[:i], s[i+1:], true
}

// String returns the diagnostic as errswallow prints it.
func (d Diagnostic) String() string { return fmt.Sprintf("%s:%d: %s", d.Path, d.Line, d.Message) }
