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
	out := map[ast.Node]ast.Node{} // what takes the place of what, nil for nothing
	for _, o := range omissions {
		if out[o.node] = nil; o.Part {
			out[o.node] = o.mended
		}
	}
	stand := omissions[0].stand
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
	if declared := stand.file(files[0]); declared != nil {
		pruned = append(pruned, declared)
	}
	known := *stand.info
	known.InitOrder = nil
	for _, init := range info.InitOrder {
		if mended, omitted := out[init.Rhs]; mended != nil {
			known.InitOrder = append(known.InitOrder, &types.Initializer{Lhs: init.Lhs, Rhs: mended.(ast.Expr)})
		} else if !omitted {
			known.InitOrder = append(known.InitOrder, init)
		}
	}
	return pruned, &known
}

// prune returns a declaration without what is left out, or nil if nothing remains:
// a function keeps its name and loses its body, and a name that is declared twice
// has no object.
func prune(decl ast.Decl, info *types.Info, out map[ast.Node]ast.Node) ast.Decl {
	switch decl := decl.(type) {
	case *ast.FuncDecl:
		mended, omitted := out[decl]
		if !omitted {
			return decl
		}
		if mended != nil {
			return mended.(ast.Decl)
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
