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

// ReadDiagnostics reads the output of errswallow -json. The repositories stand
// below root, each as owner/name. What is found twice, in two variants of a
// package, is there once.
func ReadDiagnostics(root string, r io.Reader) ([]Diagnostic, error) {
	var packages map[string]map[string][]struct {
		Category, Posn, Message string
	}
	if err := json.NewDecoder(r).Decode(&packages); err != nil {
		return nil, err
	}
	var out []Diagnostic
	for _, analyzers := range packages {
		for _, found := range analyzers {
			for _, f := range found {
				d := Diagnostic{Rule: f.Category, Message: f.Message}
				file, position, _ := cutLast(f.Posn, 2)
				rel, err := filepath.Rel(root, file)
				if err != nil || strings.HasPrefix(rel, "..") {
					return nil, fmt.Errorf("%s does not stand below %s", file, root)
				}
				line, _, _ := strings.Cut(position, ":")
				if d.Line, err = strconv.Atoi(line); err != nil {
					return nil, fmt.Errorf("%s is no file:line:column", f.Posn)
				}
				d.Path = filepath.ToSlash(rel)
				d.Func, _, _ = strings.Cut(f.Message, ":")
				out = append(out, d)
			}
		}
	}
	slices.SortFunc(out, func(a, b Diagnostic) int {
		return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Message, b.Message))
	})
	return slices.Compact(out), nil
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
