// Package absint executes one function abstractly under one hypothesis: "this
// one call answers so; everything else is unknown".
//
// It is constant propagation (Wegman and Zadeck, TOPLAS 1991) over SSA form,
// with three additions:
//
//   - Traces are partitioned (Rival and Mauborgne, TOPLAS 2007): before the
//     hypothesised call a block has one state, after it up to maxStates, so
//     that two variables which depend on each other stay together. A block that
//     has seen more joins them.
//   - Implicit flow is tracked as information-flow analyses do (Denning and
//     Denning, CACM 1977): a branch decided by the fault governs everything up
//     to the block where both its sides meet again, and taints what is chosen
//     there.
//   - Non-escaping allocations are cells, and closures and defers run in place,
//     because named results and captured errors live there.
//
// The analysis is may: an [Exit] is a way out that some execution could take.
// It errs towards silence: an error that escapes to where the executor cannot
// see counts as told to the caller; an unknown callee can do anything to what
// it can reach; when the budget runs out the [Outcome] says so, and nothing is
// concluded from it.
//
// Not modelled: goroutines (what one captures has escaped), recover, unsafe,
// arithmetic other than + and - on integer constants.
//
// What a call answers is asked of an [Oracle], which knows client libraries and
// other functions' summaries. This package knows neither.
package absint
