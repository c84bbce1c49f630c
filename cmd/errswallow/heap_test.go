package main

import "testing"

// TestPercent lets a small heap grow, and a large one little.
func TestPercent(t *testing.T) {
	t.Parallel()
	for alive, want := range map[uint64]int{0: most, 1 << 20: most, ample / 3: 200, ample / 2: 100, ample: least, 4 << 30: least} {
		if got := percent(alive); got < want-1 || got > want {
			t.Errorf("%d MB alive: GOGC=%d, want %d", alive>>20, got, want)
		}
	}
}
