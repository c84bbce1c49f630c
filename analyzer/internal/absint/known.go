package absint

import "slices"

// known is what is known of registers or of cells; what is missing is unknown. It
// is a list, for it is short, and copied and compared far more often than it is
// searched. A copy shares the list until one of the two changes: most states are
// made to be compared only, and most that are executed learn nothing.
type known[K comparable] struct {
	entries []entry[K]
	shared  bool
}

// An entry is not changed once it is in a list. Its value is one that was kept.
type entry[K comparable] struct {
	key   K
	value *Value
}

// bare are the values of which nothing is known but a kind, and origins. Most are: they are
// there once.
var bare = func() (values [kinds][origins]Value) {
	for kind := range values {
		for from := range values[kind] {
			values[kind][from] = Value{Kind: Kind(kind), From: Origin(from)}
		}
	}
	return values
}()

// kept returns a place that holds a value, and is not changed.
func kept(v Value) *Value {
	if v.Const == nil && v.Elems == nil && v.Fn == nil && v.Cell.Base == nil && v.Parts == nil && v.Got == Unknown && v.Var == nil && v.Is == "" {
		return &bare[v.Kind][v.From]
	}
	value := new(Value) // here, or every call would allocate one
	*value = v
	return value
}

// copy returns a copy.
func (k *known[K]) copy() known[K] {
	k.shared = true
	return *k
}

func (k *known[K]) index(key K) int {
	for i := range k.entries {
		if k.entries[i].key == key {
			return i
		}
	}
	return -1
}

// get returns what is known; ok is false if nothing is.
func (k *known[K]) get(key K) (v Value, ok bool) {
	if i := k.index(key); i >= 0 {
		return *k.entries[i].value, true
	}
	return Value{}, false
}

func (k *known[K]) set(key K, v Value) {
	i := k.index(key)
	if i >= 0 && equal(*k.entries[i].value, v) {
		return
	}
	k.own(room)
	if i < 0 {
		k.entries = append(k.entries, entry[K]{key, kept(v)})
		return
	}
	k.entries[i].value = kept(v)
}

// delete makes something unknown.
func (k *known[K]) delete(key K) {
	if i := k.index(key); i >= 0 {
		k.own(0)
		k.entries = slices.Delete(k.entries, i, i+1)
	}
}

// deleteFunc makes unknown what drop is true of.
func (k *known[K]) deleteFunc(drop func(K) bool) {
	if slices.ContainsFunc(k.entries, func(e entry[K]) bool { return drop(e.key) }) {
		k.own(0)
		k.entries = slices.DeleteFunc(k.entries, func(e entry[K]) bool { return drop(e.key) })
	}
}

// room is how many more a list has room for once it is changed: what a block learns, most of
// the time.
const room = 8

// own makes the list this copy's alone, with room for more.
func (k *known[K]) own(more int) {
	if k.shared {
		k.entries = append(make([]entry[K], 0, len(k.entries)+more), k.entries...)
		k.shared = false
	}
}

// equal reports whether the same is known.
func (k *known[K]) equal(other *known[K]) bool {
	if len(k.entries) != len(other.entries) {
		return false
	}
	for i, e := range k.entries {
		j := i
		if other.entries[i].key != e.key { // in another order
			if j = other.index(e.key); j < 0 {
				return false
			}
		}
		if o := other.entries[j].value; o != e.value && !equal(*o, *e.value) {
			return false
		}
	}
	return true
}

// joined returns what is known in both, and how what is known in one depends on
// the hypothesis. What is not in a list is what implied says of it, if implied is not nil.
func joined[K comparable](a, b *known[K], implied func(k *known[K], key K) (v Value, ok bool)) known[K] {
	var m known[K]
	if implied == nil {
		implied = func(*known[K], K) (Value, bool) { return Value{}, false }
	}
	m.entries = make([]entry[K], 0, max(len(a.entries), len(b.entries)))
	for i, e := range a.entries {
		j := i // most are where they are in the other
		if i >= len(b.entries) || b.entries[i].key != e.key {
			j = b.index(e.key)
		}
		switch {
		case j < 0:
			other, _ := implied(b, e.key)
			e.value = kept(join(*e.value, other))
		case b.entries[j].value != e.value:
			e.value = kept(join(*e.value, *b.entries[j].value))
		}
		if e.value == &bare[Unknown][0] {
			if _, ok := implied(a, e.key); !ok {
				continue
			}
		}
		m.entries = append(m.entries, e)
	}
	for _, e := range b.entries {
		if a.index(e.key) >= 0 {
			continue
		}
		other, ok := implied(a, e.key)
		if v := join(*e.value, other); ok || v.From != 0 {
			m.entries = append(m.entries, entry[K]{e.key, kept(v)})
		}
	}
	return m
}
