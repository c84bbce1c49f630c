package main

import (
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

// A run over a project of 50,000 lines is a second long: a tenth of that goes into
// collecting what fits into a tenth more memory. One over a million lines is a minute,
// and what it holds is worth collecting.
const (
	most  = 400     // the largest GOGC
	least = 75      // the smallest
	ample = 8 << 26 // a heap, in bytes, that nobody minds
)

// collect has the garbage collector let the heap grow to what nobody minds, and not
// much further than what is alive. It looks again after each collection, unless the
// user has set GOGC.
func collect() {
	if os.Getenv("GOGC") != "" {
		return
	}
	debug.SetGCPercent(most)
	watch()
}

// watch looks at the heap once the next collection is over.
func watch() {
	sentinel := new([16]byte)
	runtime.AddCleanup(sentinel, func(struct{}) {
		debug.SetGCPercent(percent(alive()))
		watch()
	}, struct{}{})
}

// alive is how much of the heap was alive after the last collection, in bytes.
func alive() uint64 {
	sample := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}

// percent is the GOGC with which a heap grows to what nobody minds.
func percent(alive uint64) int {
	if alive == 0 {
		return most
	}
	return int(max(least, min(most, 100*ample/alive-min(100, 100*ample/alive))))
}
