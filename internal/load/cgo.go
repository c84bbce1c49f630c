package load

import (
	"go/parser"
	"go/token"
	"os"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/packages"
)

// preprocess has the go command run cgo on the packages of one's own that use it:
// their files are not Go before. Where it fails, for want of a header say, they are
// taken as they are, and what calls C is left out.
func (c *checker) preprocess(config Config) {
	var patterns []string
	for _, u := range c.units {
		if u.native && u.executed {
			patterns = append(patterns, u.PkgPath)
		}
	}
	if len(patterns) == 0 {
		return
	}
	slices.Sort(patterns)
	cfg := config.packages()
	cfg.Mode = packages.NeedName | packages.NeedFiles | packages.NeedCompiledGoFiles
	compiled, err := packages.Load(cfg, slices.Compact(patterns)...)
	if err != nil {
		return // so did go list, which says why
	}
	var missing []string
	wants := map[string][]*unit{} // by import path
	for _, p := range compiled {
		u := c.units[p.ID]
		if u == nil || len(p.CompiledGoFiles) == 0 {
			continue
		}
		if wrong := listed(p, c.dir); len(wrong) > 0 {
			u.faults = append(u.faults, wrong...)
			continue
		}
		u.CompiledGoFiles, u.native = p.CompiledGoFiles, false
		for _, path := range imports(p.CompiledGoFiles) {
			if u.imports[path] == nil {
				missing = append(missing, path)
				wants[path] = append(wants[path], u)
			}
		}
	}
	// What cgo writes imports packages of its own.
	added, err := packages.Load(config.listing(), missing...)
	if err != nil {
		return
	}
	c.add(added)
	for _, p := range added {
		for _, u := range wants[p.PkgPath] {
			u.imports[p.PkgPath] = c.units[p.ID]
		}
	}
}

// imports returns what files import.
func imports(names []string) []string {
	var out []string
	for _, name := range names {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
		if err != nil {
			continue // parse says what is wrong
		}
		for _, i := range file.Imports {
			if path, err := strconv.Unquote(i.Path.Value); err == nil && path != "unsafe" {
				out = append(out, path)
			}
		}
	}
	return out
}

// usesCgo reports whether a file of a package imports "C".
func usesCgo(p *packages.Package) bool {
	return slices.ContainsFunc(p.GoFiles, func(name string) bool {
		text, err := os.ReadFile(name)
		if err != nil || !strings.Contains(string(text), `"C"`) {
			return false
		}
		return slices.Contains(imports([]string{name}), "C")
	})
}
