package drive

import (
	"bytes"
	"encoding/gob"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"reflect"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/types/objectpath"

	"github.com/errswallow/errswallow/internal/finding"
	"github.com/errswallow/errswallow/internal/load"
)

// A record is what is kept of a package: diagnostics, and facts.
type record struct {
	// Files are those that the diagnostics stand in.
	Files       []string
	Diagnostics []analysis.Diagnostic // with positions that number gives
	Places      []place
	Functions   []string // one a diagnostic, see finding.Finding
	Objects     []objectFact
	Own         []analysis.Fact
	// Result is what the pass has answered, nil for nothing.
	Result any
}

// A place is a position: which of the files, and where in it.
type place struct{ File, Offset int }

type objectFact struct {
	Path objectpath.Path
	Fact analysis.Fact
}

// register tells the encoder of the types of facts, and of that of the result.
func register(pass *analysis.Analyzer) {
	for _, fact := range pass.FactTypes {
		gob.Register(fact)
	}
	if pass.ResultType != nil {
		gob.Register(reflect.Zero(pass.ResultType).Interface())
	}
}

// forget drops the facts of objects that nobody else can name: they could not be
// recalled, nor does go vet tell of them.
func (f *facts) forget() {
	var paths objectpath.Encoder
	for key := range f.objects {
		if _, err := paths.For(key.object); err != nil {
			delete(f.objects, key)
		}
	}
}

// encode makes a record of what was learned of a package, or nil if it cannot.
func encode(root *finding.Root, own *facts) []byte {
	r := &record{Result: root.Result}
	var paths objectpath.Encoder
	for key, fact := range own.objects {
		path, err := paths.For(key.object)
		if err != nil {
			return nil
		}
		r.Objects = append(r.Objects, objectFact{path, fact})
	}
	slices.SortFunc(r.Objects, func(a, b objectFact) int { return strings.Compare(string(a.Path), string(b.Path)) })
	for _, fact := range own.own {
		r.Own = append(r.Own, fact)
	}
	for _, f := range root.Findings {
		r.Functions = append(r.Functions, f.Function)
		r.Diagnostics = append(r.Diagnostics, moved(f.Diagnostic, func(pos token.Pos) token.Pos { return r.number(f.Fset, pos) }))
	}
	if slices.ContainsFunc(r.Places, func(p place) bool { return p.File < 0 }) {
		return nil
	}
	var text bytes.Buffer
	if gob.NewEncoder(&text).Encode(r) != nil {
		return nil
	}
	return text.Bytes()
}

// number gives a position a number: that of its place, from 1.
func (r *record) number(fset *token.FileSet, pos token.Pos) token.Pos {
	if !pos.IsValid() {
		return pos
	}
	p := place{File: -1}
	if file := fset.File(pos); file != nil {
		if p.File = slices.Index(r.Files, file.Name()); p.File < 0 {
			p.File = len(r.Files)
			r.Files = append(r.Files, file.Name())
		}
		p.Offset = file.Offset(pos)
	}
	r.Places = append(r.Places, p)
	return token.Pos(len(r.Places))
}

// moved returns a diagnostic with other positions.
func moved(d analysis.Diagnostic, to func(token.Pos) token.Pos) analysis.Diagnostic {
	d.Pos, d.End = to(d.Pos), to(d.End)
	d.Related, d.SuggestedFixes = slices.Clone(d.Related), slices.Clone(d.SuggestedFixes)
	for i, r := range d.Related {
		d.Related[i].Pos, d.Related[i].End = to(r.Pos), to(r.End)
	}
	for i, fix := range d.SuggestedFixes {
		fix.TextEdits = slices.Clone(fix.TextEdits)
		for j, e := range fix.TextEdits {
			fix.TextEdits[j].Pos, fix.TextEdits[j].End = to(e.Pos), to(e.End)
		}
		d.SuggestedFixes[i] = fix
	}
	return d
}

// recall reads what was learned of a package. Files that something stands in are parsed
// again, for comments in them may say something of it.
func (d *Driver) recall(v *load.Visit, root *finding.Root) error {
	r := &record{}
	if err := gob.NewDecoder(bytes.NewReader(v.Known)).Decode(r); err != nil {
		return err
	}
	p := v.Package
	root.Result = r.Result
	var files []*ast.File
	for _, name := range r.Files {
		file, err := parser.ParseFile(p.Fset, name, nil, parser.ParseComments|parser.SkipObjectResolution)
		if file == nil {
			return err
		}
		files = append(files, file)
	}
	var err error
	position := func(n token.Pos) token.Pos {
		if !n.IsValid() {
			return n
		}
		if int(n) > len(r.Places) || r.Places[n-1].File >= len(files) {
			err = errors.New("a position is not there")
			return token.NoPos
		}
		at := r.Places[n-1]
		return files[at.File].FileStart + token.Pos(at.Offset)
	}
	for i, diagnostic := range r.Diagnostics {
		diagnostic = moved(diagnostic, position)
		root.Diagnostics = append(root.Diagnostics, diagnostic)
		root.Findings = append(root.Findings, finding.At(p, files, diagnostic, r.Functions[i]))
	}
	if err != nil || p.Types == nil {
		return err
	}
	own := newFacts(p.Types)
	for _, f := range r.Objects {
		object, err := objectpath.Object(p.Types, f.Path)
		if err != nil {
			return err
		}
		own.objects[objectKey{object, reflect.TypeOf(f.Fact)}] = f.Fact
	}
	for _, fact := range r.Own {
		own.own[reflect.TypeOf(fact)] = fact
	}
	d.publish(p, own)
	return nil
}
