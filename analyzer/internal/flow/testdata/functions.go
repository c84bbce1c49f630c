// Package functions is a table: of each function, the blocks that decide if a loop takes
// another turn, and those where v is still read. A block is named by the first call
// in it.
package functions

func a() {}
func b() {}
func c() {}

func use(v bool) {}
func flag() bool { return false }

// turns
// live a b c
func both(v bool) {
	if flag() {
		a()
	} else {
		b()
	}
	c()
	use(v)
}

// turns
// live a b
func early(v bool) {
	if flag() {
		if a(); v {
			b()
			use(v)
			return
		}
	}
	c()
}

// turns flag
// live b flag
func loop(v bool) {
	for flag() {
		a()
		if v {
			b()
		}
	}
	c()
}

// A way out in the middle of a turn does not decide it.
//
// turns flag
// live b flag
func middle(v bool) {
	for flag() {
		if a(); v {
			return
		}
		b()
	}
	c()
}

// The loop goes back from where it ends.
//
// turns b
// live flag
func last(v bool) {
	flag()
again:
	if b(); v {
		goto again
	}
	c()
}

// A loop that never ends leads nowhere.
//
// turns
// live
func never(v bool) {
	use(v)
	if flag() {
		for {
			a()
		}
	}
	b()
}
