// Package gotest tells the functions that go test calls, or a framework under it.
package gotest

import (
	"go/ast"
	"go/token"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Hollow returns a test file without the bodies of its tests, and any other file as it is: what a
// test is told it tells nobody, and one that goes wrong is seen. What a helper answers goes on,
// and TestMain ends the program.
func Hollow(name string, file *ast.File) *ast.File {
	if !strings.HasSuffix(name, "_test.go") {
		return file
	}
	hollow := *file
	hollow.Decls = nil
	for _, decl := range file.Decls {
		switch decl := decl.(type) {
		case *ast.FuncDecl:
			if isTest(decl) {
				fn := *decl
				fn.Body = &ast.BlockStmt{Lbrace: fn.Body.Lbrace, Rbrace: fn.Body.Rbrace}
				hollow.Decls = append(hollow.Decls, &fn)
				continue
			}
		case *ast.GenDecl:
			if decl.Tok == token.VAR && !slices.ContainsFunc(decl.Specs, named) {
				continue // var _ = Describe("...", func() { ... })
			}
		}
		hollow.Decls = append(hollow.Decls, decl)
	}
	return &hollow
}

// isTest reports whether a function is a test, a benchmark, a fuzz test or an example, or one of
// a suite, by its name and its shape.
func isTest(fn *ast.FuncDecl) bool {
	if fn.Body == nil || fn.Type.Results != nil || fn.Type.TypeParams != nil || fn.Name.Name == "TestMain" {
		return false
	}
	switch params := fn.Type.Params.NumFields(); {
	case fn.Recv != nil:
		return params == 0 && begins(fn, "Test")
	case params == 0:
		return begins(fn, "Example")
	case params == 1:
		return begins(fn, "Test") || begins(fn, "Benchmark") || begins(fn, "Fuzz")
	}
	return false
}

// begins reports whether a function's name is a word of go test, and what may follow it.
func begins(fn *ast.FuncDecl, word string) bool {
	rest, ok := strings.CutPrefix(fn.Name.Name, word)
	first, _ := utf8.DecodeRuneInString(rest)
	return ok && !unicode.IsLower(first)
}

// named reports whether a variable can be used.
func named(spec ast.Spec) bool {
	return slices.ContainsFunc(spec.(*ast.ValueSpec).Names, func(id *ast.Ident) bool { return id.Name != "_" })
}
