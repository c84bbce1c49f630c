package absint

import "maps"

// known is what is known of registers or of cells; what is missing is unknown. A
// copy shares the map until one of the two changes: most states are made to be
// compared, and most that are executed learn nothing.
type known[K comparable] struct {
	values map[K]Value
	shared bool
}

// copy returns a copy.
func (k *known[K]) copy() known[K] {
	k.shared = true
	return *k
}

// own makes the map this copy's alone.
func (k *known[K]) own() {
	if k.shared || k.values == nil {
		values := make(map[K]Value, len(k.values)+1)
		maps.Copy(values, k.values)
		k.values, k.shared = values, false
	}
}

func (k *known[K]) set(key K, v Value) {
	if old, ok := k.values[key]; ok && equal(old, v) {
		return
	}
	k.own()
	k.values[key] = v
}

func (k *known[K]) delete(key K) {
	if _, ok := k.values[key]; ok {
		k.own()
		delete(k.values, key)
	}
}
