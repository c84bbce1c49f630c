package calls

import (
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/errswallow/errswallow/analyzer/internal/absint"
	"github.com/errswallow/errswallow/analyzer/internal/catalogue"
)

// handsAbsence reports whether a call is handed a constant that stands for absence, as a
// library or its name says: whoever is handed an error, too, and answers a bool, compares the two.
func (r *Resolver) handsAbsence(call *ssa.CallCommon) bool {
	is := func(v ssa.Value) bool {
		c, ok := absint.Unboxed(v).(*ssa.Const)
		if !ok || c.Value == nil {
			return false
		}
		named, ok := types.Unalias(c.Type()).(*types.Named)
		if !ok { // a status, or a code in a word: a text of several is looked for in others
			word := c.Value.Kind() == constant.String && !strings.Contains(constant.StringVal(c.Value), " ")
			return (word || c.Value.Kind() == constant.Int) && r.AbsenceConst(c.Value, c.Type()) || r.codeHanded(Callee(call), c.Value)
		}
		return slices.ContainsFunc(absint.ConstantsOf(named, c.Value), func(k *types.Const) bool {
			sym, ok := r.Catalogue.Lookup(k)
			return ok && sym.Kind == catalogue.Absence || !ok && NamedGate(k.Name())
		})
	}
	for _, arg := range call.Args {
		if is(arg) {
			return true
		}
		if array, ok := variadic(arg); ok {
			for _, element := range absint.Elements(array) {
				if is(element) {
					return true
				}
			}
		}
	}
	return false
}

// remakes reports whether a call makes an error of a sentinel that is named for absence, and of no
// other: businessError(ErrAssetNotFound, id). What wraps it is known to hold it, which says more.
func remakes(call *ssa.CallCommon) bool {
	sig := call.Signature()
	if sig.Results().Len() != 1 || !absint.IsAnError(sig.Results().At(0).Type()) {
		return false
	}
	absent := false
	for _, arg := range call.Args {
		if !absint.IsError(arg.Type()) {
			continue
		}
		load, ok := arg.(*ssa.UnOp)
		if !ok {
			return false
		}
		sentinel, ok := load.X.(*ssa.Global)
		if !ok || !NamedGate(sentinel.Name()) && !namedAbsence(sentinel.Name()) {
			return false
		}
		absent = true
	}
	return absent
}

// codeHanded reports whether a number that is handed to a function is the code of absence where that
// is declared: OrderNotExist of NewErrCode(61001).
func (r *Resolver) codeHanded(callee types.Object, code constant.Value) bool {
	return callee != nil && callee.Pkg() != nil && r.AbsenceCode(code, callee.Pkg())
}

// AbsenceCode implements absint.Oracle.
func (r *Resolver) AbsenceCode(c constant.Value, pkg *types.Package) bool {
	return NamedGate(codeNamed(pkg, c))
}

// codeNamed returns the name of the constant that a number stands for in a package: the only one of
// that value. Small numbers stand for too much; "" where there is none.
func codeNamed(pkg *types.Package, code constant.Value) (name string) {
	if n, ok := constant.Int64Val(constant.ToInt(code)); code.Kind() != constant.Int || !ok || n < 100 {
		return ""
	}
	scope := pkg.Scope()
	for _, n := range scope.Names() {
		if k, ok := scope.Lookup(n).(*types.Const); ok && k.Val().Kind() == constant.Int && constant.Compare(k.Val(), token.EQL, code) {
			if name != "" {
				return ""
			}
			name = n
		}
	}
	return name
}

// asksForAbsence reports whether a call is of a generic predicate, of a type of errors that
// stands for absence: absentAs[*types.NoSuchKey](err).
func (r *Resolver) asksForAbsence(call *ssa.CallCommon) bool {
	fn := call.StaticCallee()
	return fn != nil && slices.ContainsFunc(fn.TypeArgs(), func(t types.Type) bool { return absint.IsAnError(t) && r.AbsenceType(t) })
}

// FaultVar implements absint.Oracle.
func (r *Resolver) FaultVar(obj types.Object) bool {
	return obj.Pkg() == nil || namedFault(obj.Name()) || obj.Pkg().Path() == "syscall"
}

// FaultText implements absint.Oracle.
func (r *Resolver) FaultText(text string) bool { return namedFault(text) }

// AbsenceVar implements absint.Oracle.
func (r *Resolver) AbsenceVar(obj types.Object) bool {
	if obj == nil || obj.Pkg() == nil {
		return false
	}
	if sym, ok := r.Catalogue.Lookup(obj); ok {
		return sym.Kind == catalogue.Absence
	}
	if NamedGate(obj.Name()) {
		return true
	}
	return r.OwnTree(obj.Pkg())
}

// AbsenceIs reports whether what an error is told from others by stands for absence, see
// [absint.Value].
func (r *Resolver) AbsenceIs(id string) bool {
	if code, ok := strings.CutPrefix(id, "code "); ok {
		return code == "404" || code == "410" || code == grpcNotFound
	}
	if text, ok := absint.Says(id); ok {
		return r.AbsenceText(text)
	}
	dot := strings.LastIndexByte(id, '.')
	if sym, ok := r.Catalogue.Exact(id[:max(dot, 0)], id[dot+1:]); ok {
		return sym.Kind == catalogue.Absence
	}
	return NamedGate(id[dot+1:])
}

// grpcNotFound is codes.NotFound of gRPC, and of connect.
const grpcNotFound = "5"

// AbsenceConst implements absint.Oracle: the codes of HTTP, and constants and words that
// are named for absence.
func (r *Resolver) AbsenceConst(c constant.Value, t types.Type) bool {
	switch c.Kind() {
	case constant.String:
		return NamedGate(constant.StringVal(c))
	case constant.Int:
		if n, ok := constant.Int64Val(c); ok && (n == http404 || n == http410) {
			return true
		}
		named, ok := types.Unalias(t).(*types.Named)
		return ok && slices.ContainsFunc(absint.ConstantsOf(named, c), func(k *types.Const) bool {
			if sym, ok := r.Catalogue.Lookup(k); ok {
				return sym.Kind == catalogue.Absence
			}
			return NamedGate(k.Name())
		})
	}
	return false
}

// AbsenceText implements absint.Oracle.
func (r *Resolver) AbsenceText(text string) bool { return absenceText().MatchString(text) }

const http404, http410 = 404, 410 // not found, gone

// AbsenceType implements absint.Oracle.
func (r *Resolver) AbsenceType(t types.Type) bool {
	t = pointee(t)
	if named, ok := t.(*types.Named); ok {
		if sym, ok := r.Catalogue.Lookup(named.Obj()); ok {
			return sym.Kind == catalogue.Absence
		}
		if NamedGate(named.Obj().Name()) {
			return true
		}
	}
	iface, ok := t.Underlying().(*types.Interface)
	if !ok {
		return false
	}
	for m := range iface.Methods() {
		if m.Name() == "NotFound" || m.Name() == "IsNotFound" {
			return true
		}
	}
	return false
}

// InputType implements absint.Oracle.
func (r *Resolver) InputType(t types.Type) bool {
	named, ok := pointee(t).(*types.Named)
	if !ok {
		return false
	}
	sym, ok := r.Catalogue.Lookup(named.Obj())
	return ok && sym.Kind == catalogue.Input
}

// Constants returns the names of the constants of a type that have a value.
func Constants(t *types.Named, c constant.Value) (names []string) {
	for _, k := range absint.ConstantsOf(t, c) {
		names = append(names, k.Name())
	}
	return names
}

// OwnTree reports whether a package stands in the same repository as the one
// that is analysed. A sentinel declared there is in no error of a client
// library: what is compared with it is something the program itself made of
// an answer, and a fault that was passed on is not it.
func (r *Resolver) OwnTree(pkg *types.Package) bool {
	return pkg == r.Package || tree(r.Package.Path()) == tree(pkg.Path())
}

// tree returns the part of an import path that a repository's packages share:
// github.com/owner/name, example.com/name, or the first element of a module
// that has no host. Drivers need not know modules, so the path has to do.
func tree(path string) string {
	host, _, _ := strings.Cut(path, "/")
	n := 1
	switch {
	case host == "github.com", host == "gitlab.com", host == "bitbucket.org", host == "codeberg.org":
		n = 3
	case strings.Contains(host, "."):
		n = 2
	}
	for i := range len(path) {
		if path[i] != '/' {
			continue
		}
		if n--; n == 0 {
			return path[:i]
		}
	}
	return path
}
