package absint

import (
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"
)

func (f *frame) storeTo(s *state, i *ssa.Store) bool {
	addr, v := f.value(s, i.Addr), f.value(s, i.Val)
	switch {
	case addr.Kind == Pointer && strings.HasSuffix(addr.Cell.Path, ".e"):
		s.add(addr.Cell, v) // one cell stands for every element
	case addr.Kind == Pointer:
		s.store(addr.Cell, v)
	case addr.Kind == Zero:
		return !crash(addr)
	default:
		f.keep(s, i.Addr, i, v)
	}
	return true
}

// elsewhere begins the path of a cell that is not the function's own: what was stored
// there is there until somebody unseen is called.
const elsewhere = "@"

// placeOf is the cell of what outlives the call.
func placeOf(addr ssa.Value) Cell {
	root, place := located(addr)
	return Cell{Base: root, Path: elsewhere + place}
}

// keep stores a value where it outlives the call.
func (f *frame) keep(s *state, addr ssa.Value, at ssa.Instruction, v Value) {
	s.release(v)
	s.mem.set(placeOf(addr), v)
	if s.met {
		_, place := located(addr)
		s.happen(&Event{Kind: Stored, At: at, Place: place, Value: v})
	}
}

// located returns the variable that an address, or a map, is a part of, and a name of
// the part: the fields and elements that lead there.
func located(addr ssa.Value) (root ssa.Value, place string) {
	var steps []string
	for range maxPlace {
		switch a := addr.(type) {
		case *ssa.FieldAddr:
			if p, ok := a.X.Type().Underlying().(*types.Pointer); ok {
				if structure, ok := p.Elem().Underlying().(*types.Struct); ok {
					steps = append(steps, structure.Field(a.Field).Name())
				}
			}
			addr = a.X
			continue
		case *ssa.IndexAddr:
			addr = a.X
			continue
		case *ssa.UnOp:
			addr = a.X
			continue
		case *ssa.Lookup:
			addr = a.X
			continue
		case *ssa.Extract:
			addr = a.Tuple
			continue
		}
		break
	}
	slices.Reverse(steps)
	return addr, strings.Join(append([]string{addr.Name()}, steps...), ".")
}

// maxPlace is how many fields and elements deep a place is named.
const maxPlace = 16

// local reports whether v is computed in the function, or handed to it.
func local(v ssa.Value) bool {
	switch v.(type) {
	case nil, *ssa.Const, *ssa.Global, *ssa.Builtin, *ssa.Function:
		return false
	}
	return true
}
