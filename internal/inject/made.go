package inject

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"path/filepath"
	"slices"

	"github.com/errswallow/errswallow/analyzer"
)

// resolve looks up the errors of libraries that sites may answer, at the versions that are
// built, and drops those that are not there.
func (r *runner) resolve(ctx context.Context) error {
	wanted := map[string]bool{}
	for _, p := range r.packages {
		for _, s := range p.Sites {
			for m := range s.errors {
				wanted[m.Package] = true
			}
		}
	}
	if len(wanted) == 0 {
		return nil
	}
	args := append([]string{"list", "-e", "-json=ImportPath,Dir,GoFiles"}, r.flags()...)
	out, err := r.goCommand(ctx, append(args, slices.Sorted(keys(wanted))...)...)
	if err != nil {
		return err
	}
	declared := map[string]map[string]token.Token{}
	for dec := json.NewDecoder(bytes.NewReader(out)); ; {
		var p struct {
			ImportPath, Dir string
			GoFiles         []string
		}
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return err
		}
		declared[p.ImportPath] = declarations(p.Dir, p.GoFiles)
	}
	there := func(made []analyzer.Made) []analyzer.Made {
		return slices.DeleteFunc(slices.Clone(made), func(m analyzer.Made) bool {
			kind, ok := declared[m.Package][m.Name]
			return !ok || !m.Known && kind != token.VAR && kind != token.FUNC
		})
	}
	for _, p := range r.packages {
		for _, s := range p.Sites {
			s.Absent.Errors = there(s.Absent.Errors)
			for of, made := range s.Faults {
				if s.Faults[of] = there(made); len(s.Faults[of]) == 0 {
					delete(s.Faults, of)
				}
			}
		}
	}
	return nil
}

// errors yields all errors that a site may answer.
func (s *Site) errors(yield func(analyzer.Made) bool) {
	all := slices.Clone(s.Absent.Errors)
	for _, made := range s.Faults {
		all = append(all, made...)
	}
	for _, m := range all {
		if !yield(m) {
			return
		}
	}
}

// declarations returns what files declare, by names: var, const, func or type.
func declarations(dir string, files []string) map[string]token.Token {
	out := map[string]token.Token{}
	for _, name := range files {
		file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(dir, name), nil, parser.SkipObjectResolution)
		if err != nil {
			continue // the compiler says why
		}
		for _, decl := range file.Decls {
			switch decl := decl.(type) {
			case *ast.FuncDecl:
				if decl.Recv == nil {
					out[decl.Name.Name] = token.FUNC
				}
			case *ast.GenDecl:
				for _, spec := range decl.Specs {
					switch spec := spec.(type) {
					case *ast.ValueSpec:
						for _, name := range spec.Names {
							out[name.Name] = decl.Tok
						}
					case *ast.TypeSpec:
						out[spec.Name.Name] = token.TYPE
					}
				}
			}
		}
	}
	return out
}
