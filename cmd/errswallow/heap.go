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
	slack = 50        // GOGC, where much is alive
	ample = 512 << 20 // what nobody minds, in bytes: all that Go has from the system
)

// collect has the garbage collector let memory grow to what nobody minds, and not much
// further than what is alive. It looks again after each collection, unless the user has
// set one of the two.
func collect() {
	if os.Getenv("GOGC") != "" || os.Getenv("GOMEMLIMIT") != "" {
		return
	}
	debug.SetGCPercent(400)
	debug.SetMemoryLimit(ample)
	watch()
}

// watch looks at what is alive once the next collection is over.
func watch() {
	sentinel := new([16]byte)
	runtime.AddCleanup(sentinel, func(struct{}) {
		debug.SetMemoryLimit(limit(alive()))
		watch()
	}, struct{}{})
}

// alive is how much of the heap was alive after the last collection, in bytes.
func alive() int64 {
	sample := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(sample)
	return int64(sample[0].Value.Uint64())
}

// limit is how much memory there may be.
func limit(alive int64) int64 { return max(ample, alive+alive*slack/100) }
