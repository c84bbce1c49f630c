// Package output shows findings: as text for people, and in the forms that other
// programs read.
package output

import (
	"cmp"
	"fmt"
	"go/token"
	"os"
	"path/filepath"
	"strings"

	"github.com/errswallow/errswallow/internal/finding"
)

// relative returns a file's name as it is seen from a folder, or as it is when the
// file stands elsewhere.
func relative(dir, name string) string {
	if rel, err := filepath.Rel(dir, name); err == nil && filepath.IsLocal(rel) {
		return rel
	}
	return name
}

// checkout returns the folder that machines count paths from: that of the checkout
// on GitHub and GitLab, and here the working directory.
func checkout() string {
	return cmp.Or(os.Getenv("GITHUB_WORKSPACE"), os.Getenv("CI_PROJECT_DIR"), workdir())
}

// seen is a file's name as it is seen from the checkout.
func seen(name string) string { return filepath.ToSlash(relative(checkout(), name)) }

func workdir() string {
	dir, err := os.Getwd()
	if err != nil {
		return "" // nothing is relative to it
	}
	return dir
}

// position writes a position with a file's name relative to a folder.
func position(dir string, p token.Position) string {
	p.Filename = relative(dir, p.Filename)
	return p.String()
}

// Line is the line of a position, its file as it is seen from here: file:line.
func Line(p token.Position) string {
	return fmt.Sprintf("%s:%d", filepath.ToSlash(relative(workdir(), p.Filename)), p.Line)
}

// end returns where the finding ends, or where it starts.
func end(f *finding.Finding) token.Position {
	return f.Fset.Position(cmp.Or(f.End, f.Pos))
}

// Summary says in one line how many findings there are, in how many packages, and how grave
// they are.
func Summary(findings []*finding.Finding) string {
	packages, grave := map[string]bool{}, map[Severity]int{}
	for _, f := range findings {
		packages[f.Package] = true
		grave[SeverityOf(f)]++
	}
	var kinds []string
	for _, s := range []Severity{Error, Warning, Note} {
		if n := grave[s]; n > 0 {
			kinds = append(kinds, plural(n, string(s)))
		}
	}
	return fmt.Sprintf("%s in %s (%s)", plural(len(findings), "finding"), plural(len(packages), "package"), strings.Join(kinds, ", "))
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// lines returns the lines of a file, or none if it cannot be read.
func lines(name string) []string {
	text, err := os.ReadFile(name)
	if err != nil {
		return nil
	}
	return strings.Split(string(text), "\n")
}
