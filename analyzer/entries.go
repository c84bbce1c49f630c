package analyzer

import (
	"errors"
	"fmt"
	"go/ast"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/errswallow/errswallow/analyzer/internal/catalogue"
)

// Entries is a fact of a package: lines of the catalogue that it adds, for itself and for
// every package that imports it, by comments such as
//
//	//errswallow:catalogue query (*example.com/rt.Client).Load machine out=1
type Entries struct{ Lines []string }

// AFact marks Entries as a fact of package analysis.
func (*Entries) AFact() {}

// String lists the lines.
func (e *Entries) String() string { return "catalogue: " + strings.Join(e.Lines, "; ") }

const catalogueDirective = directivePrefix + "catalogue"

// entries returns the lines that a package, and those that it imports, add to the
// catalogue: those that it imports first, since the last one counts, and sorted. It reports a line that is wrong where it stands, and exports the
// package's own.
func entries(pass *analysis.Pass) []string {
	var own []string
	said := map[string]bool{}
	for _, file := range pass.Files {
		for _, group := range file.Comments {
			for _, c := range group.List {
				if line, ok := entry(c); ok {
					if err := check(pass, line, own); err != nil {
						misuse(pass, c.Pos(), "directive", "%s: %v", catalogueDirective, err)
					} else if !said[line] { // a package and its tests may be one
						said[line] = true
						own = append(own, line)
					}
				}
			}
		}
	}
	if len(own) > 0 {
		pass.ExportPackageFact(&Entries{Lines: own})
	}
	var all []string
	for _, fact := range pass.AllPackageFacts() {
		if e, ok := fact.Fact.(*Entries); ok && fact.Package != pass.Pkg {
			all = append(all, e.Lines...)
		}
	}
	slices.Sort(own)
	return append(slices.DeleteFunc(slices.Compact(slices.Sorted(slices.Values(all))), func(line string) bool {
		return slices.Contains(own, line)
	}), own...)
}

// check returns an error that says what is wrong with a line beside those before it.
func check(pass *analysis.Pass, line string, before []string) error {
	lib, err := catalogue.Parse("entry", []byte(line))
	if err != nil || lib.Empty() {
		return reason(err)
	}
	for _, s := range slices.Concat(lib.Symbols, lib.Gates) {
		if err := missing(pass, s); err != nil {
			return err
		}
	}
	for _, other := range before {
		if _, err := catalogue.Parse("entry", []byte(other+"\n"+line)); err != nil && other != line {
			return fmt.Errorf("this package says something else of it, too: %s", other)
		}
	}
	return nil
}

// entry returns the line that a comment adds to the catalogue.
func entry(c *ast.Comment) (string, bool) {
	line, ok := strings.CutPrefix(c.Text, catalogueDirective)
	if !ok || line != "" && line[0] != ' ' && line[0] != '\t' {
		return "", false
	}
	return strings.TrimSpace(line), true
}

// reason is what is wrong with a line, without a file of its own.
func reason(err error) error {
	if err == nil {
		return errors.New("want a line of a catalogue")
	}
	return fmt.Errorf("%s", strings.TrimPrefix(err.Error(), "entry:1: "))
}

// told returns the world with lines added to its catalogue.
func (c *instance) told(w *world, lines []string) *world {
	if len(lines) == 0 {
		return w
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	text := strings.Join(lines, "\n")
	if c.worlds[text] == nil {
		lib := &catalogue.Library{Name: "directives"}
		for _, line := range lines { // two packages may say different things of one call
			if one, err := catalogue.Parse(lib.Name, []byte(line)); err == nil {
				lib.Add(one)
			}
		}
		more := *w
		more.catalogue = catalogue.New(append(slices.Clone(w.libraries), lib)...)
		if c.worlds == nil {
			c.worlds = map[string]*world{}
		}
		c.worlds[text] = &more
	}
	return c.worlds[text]
}
