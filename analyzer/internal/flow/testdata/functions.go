// Package functions is a table: of the first branch of each function, where its
// sides meet, where they do leaving aside the blocks that call aside, what it
// chooses between, itself included, and where v is still read. A block is named by the first call
// in it.
package functions

func a() {}
func b() {}
func c() {}

func aside()     {}
func use(v bool) {}
func flag() bool { return false }

// meet c
// rejoin c
// region a b flag
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

// meet none
// rejoin b
// region a aside b c flag
// live a aside
func early(v bool) {
	if flag() {
		if a(); v {
			aside()
			use(v)
			return
		}
	}
	b()
	if flag() {
		c()
	}
}

// meet flag
// rejoin flag
// region a b
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

// A loop that never ends leads nowhere.
//
// meet b
// rejoin b
// region a use
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
