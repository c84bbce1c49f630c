package main

import "testing"

// TestLimit lets a small heap grow, and a large one not much further than what is alive.
func TestLimit(t *testing.T) {
	t.Parallel()
	for alive, want := range map[int64]int64{0: ample, ample / 2: ample, ample: ample * 3 / 2, 4 << 30: 6 << 30} {
		if got := limit(alive); got != want {
			t.Errorf("%d MB alive: a limit of %d MB, want %d", alive>>20, got>>20, want>>20)
		}
	}
}
