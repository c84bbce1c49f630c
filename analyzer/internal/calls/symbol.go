package calls

import (
	"go/constant"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/errswallow/errswallow/analyzer/internal/absint"
	"github.com/errswallow/errswallow/analyzer/internal/catalogue"
)

// ofSymbol returns the effect of a call in the catalogue.
func ofSymbol(sym catalogue.Symbol, call *ssa.CallCommon) absint.Effect {
	e := absint.Effect{Status: none}
	switch sym.Kind {
	case catalogue.Query, catalogue.Probe, catalogue.Idle, catalogue.Minor:
		seen, handed := With(call, sym.Answer.With)
		e.Quiet = seen || handed
	case catalogue.NotFound:
		e.Kind = absint.Gate
		if sym.Object != "" {
			e.Kind = coded(call, sym.Object)
		}
	case catalogue.Fault:
		e.Kind = absint.Ask
	case catalogue.Pure:
		e.Kind = absint.Pure
	case catalogue.Logger:
		e.Kind = absint.Show
		if namedExit(methodName(call)) {
			e.Kind = absint.Stop
		}
	case catalogue.Print:
		e.Kind, e.Writes = absint.Show, true
	case catalogue.Reply:
		e.Kind, e.Status = absint.Reply, sym.Argument(call.IsInvoke() || call.Signature().Recv() != nil)
		e.Absence, _ = strings.CutPrefix(sym.Object, "=")
		if e.Absence == sym.Object {
			e.Absence = ""
		}
	case catalogue.Wrap:
		e.Kind, e.Status = absint.Keep, sym.Argument(false)
	case catalogue.Filter:
		e.Kind = absint.Filter
	case catalogue.Exit:
		e.Kind = absint.Stop
	case catalogue.Assert:
		e.Kind = absint.StopOnError
	case catalogue.Code:
		e.Kind, e.Absence = absint.Classify, sym.Object
	case catalogue.Tell:
		e.Kind, e.Complains = absint.Tell, call.Signature().Recv() != nil && namedComplaint(methodName(call))
	case catalogue.Poll:
		e.Kind = absint.Again
	case catalogue.Destructive:
		e.Reach = absint.Reach{Name: sym.Name, Only: sym.Only, Kind: absint.Destroys}
	case catalogue.Action:
		e.Changes = true
	case catalogue.Forgetting:
		e.Reach = absint.Reach{Name: sym.Name, Only: sym.Only, Kind: absint.Destroys, Forgets: true}
	case catalogue.Creating:
		e.Reach = absint.Reach{Name: sym.Name, Only: sym.Only, Kind: absint.Creates}
	case catalogue.Ensuring:
		e.Reach = absint.Reach{Name: sym.Name, Kind: absint.Ensures}
	}
	return e
}

// coded is what a predicate does that is handed codes: it is one of absence if the code of
// that is among them, and says what sort of fault an error is if others are.
func coded(call *ssa.CallCommon, absence string) absint.EffectKind {
	kind := absint.Opaque
	look := func(v ssa.Value) {
		if c, ok := v.(*ssa.Const); ok && c.Value != nil && c.Value.Kind() == constant.Int {
			if kind == absint.Opaque {
				kind = absint.Ask
			}
			if c.Value.ExactString() == absence {
				kind = absint.Gate
			}
		}
	}
	for _, arg := range call.Args {
		look(arg)
		if array, ok := variadic(arg); ok {
			for _, element := range absint.Elements(array) {
				look(element)
			}
		}
	}
	return kind
}
