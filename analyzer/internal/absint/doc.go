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
//   - A trace carries its path: the conditions that have nothing to do with the
//     hypothesis, and how they were. Two ways out under two hypotheses [Exit.Agrees]
//     if one execution of all the rest can take both, so what they tell can be
//     compared, all else equal (relational verification by self-composition, Barthe,
//     D'Argenio and Rezk, CSFW 2004). A condition goes the same way in every turn
//     of a loop, as the hypothesised call answers the same in every turn.
//   - Non-escaping allocations are cells, and closures and defers run in place,
//     because named results and captured errors live there.
//
// The analysis is may: an [Exit] is a way out that some execution could take, with
// what the caller and the world are told on it: results, and [Event]s. What became
// of the error is its [Fate]. When the budget runs out the [Outcome] says so, and
// nothing is concluded from it.
//
// Not modelled: the order in which goroutines run, unsafe, arithmetic other than +
// and - on integer constants.
//
// What a call does is asked of an [Oracle], which knows client libraries and
// other functions' summaries. This package knows neither.
package absint
