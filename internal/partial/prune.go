package partial

import (
	"go/ast"
	"go/types"
	"slices"
)

// Prune returns the files of a package, and what is known of their types, without
// what is left out: the SSA builder takes them. Nothing that it is given changes.
func Prune(files []*ast.File, info *types.Info, omissions []Omission) ([]*ast.File, *types.Info) {
	if len(omissions) == 0 {
		return files, info
	}
	out := map[ast.Node]bool{}
	for _, o := range omissions {
		out[o.node] = true
	}
	var pruned []*ast.File
	for _, file := range files {
		copied := *file
		copied.Decls = nil
		for _, decl := range file.Decls {
			if decl := prune(decl, info, out); decl != nil {
				copied.Decls = append(copied.Decls, decl)
			}
		}
		pruned = append(pruned, &copied)
	}
	known := *info
	known.InitOrder = slices.DeleteFunc(slices.Clone(info.InitOrder), func(i *types.Initializer) bool { return out[i.Rhs] })
	return pruned, &known
}

// prune returns a declaration without what is left out, or nil if nothing remains:
// a function keeps its name and loses its body, and a name that is declared twice
// has no object.
func prune(decl ast.Decl, info *types.Info, out map[ast.Node]bool) ast.Decl {
	switch decl := decl.(type) {
	case *ast.FuncDecl:
		if !out[decl] {
			return decl
		}
		if info.Defs[decl.Name] == nil {
			return nil
		}
		bodiless := *decl
		bodiless.Body = nil
		return &bodiless
	case *ast.GenDecl:
		copied := *decl
		copied.Specs = nil
		for _, spec := range decl.Specs {
			if spec := declared(spec, info); spec != nil {
				copied.Specs = append(copied.Specs, spec)
			}
		}
		return &copied
	}
	return nil
}

// declared returns the part of a declaration whose names have objects, or nil.
func declared(spec ast.Spec, info *types.Info) ast.Spec {
	undeclared := func(name *ast.Ident) bool { return info.Defs[name] == nil }
	switch spec := spec.(type) {
	case *ast.TypeSpec:
		if undeclared(spec.Name) {
			return nil
		}
	case *ast.ValueSpec:
		copied := *spec
		copied.Names = slices.DeleteFunc(slices.Clone(spec.Names), undeclared)
		return &copied
	}
	return spec
}
