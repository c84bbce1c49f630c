// Package analyzer defines an analysis pass that finds functions which turn a
// transient error into the verdict of absence: "I could not ask" into "it is gone".
//
// # Vocabulary
//
// A query is a call that asks somebody else for the state of something, and can fail:
// a container engine, an API server, a database. A fault is a transient error of a query: a timeout, EOF, connection
// refused, a stalled daemon, HTTP 500. Absence is its "not found" answer. A
// not-found predicate tells the two apart. The verdict is what a function tells
// its caller. A collapse is a fault turned into the verdict of absence. A
// destructive call removes, kills, stops, restarts or prunes.
//
// # Analyzer errswallow
//
// errswallow: report transient errors that are answered as absence
//
// For every query that a function makes, the pass supposes that this one call
// fails with a fault, executes the function abstractly, and looks at what its
// caller is told. If that is what the caller would be told about an object that
// does not exist, somebody will sooner or later restart what is healthy.
//
// WRONG: a busy daemon times out, and the container is taken for dead.
//
//	func (p *Provisioner) IsRunning(ctx context.Context, id string) (bool, error) {
//		info, err := p.cli.ContainerInspect(ctx, id)
//		if err != nil {
//			return false, nil // IsRunning: answers (false, nil), as for an absent container, when ContainerInspect times out (collapse)
//		}
//		return info.State.Running, nil
//	}
//
// RIGHT: only absence is absence; a fault leaves the caller on the alive path,
// with an error to log.
//
//	func (p *Provisioner) IsRunning(ctx context.Context, id string) (bool, error) {
//		info, err := p.cli.ContainerInspect(ctx, id)
//		if errdefs.IsNotFound(err) {
//			return false, nil
//		}
//		if err != nil {
//			return true, fmt.Errorf("inspect container %s: %w", id, err)
//		}
//		return info.State.Running, nil
//	}
//
// The rules, each with its id in brackets at the end of the message:
//
//   - destroy: the fault leads to a call that cannot be undone.
//   - collapse: the fault is answered as absence.
//   - overbroad: a fault's message is taken for absence.
//   - discard: the error is dropped, and the zero value beside it decides.
//   - empty: the fault is answered with nothing, and no error.
//
// The pass is silent where the error is returned, wrapped, joined, sent or
// stored; where absence is told from a fault first; where the answer is
// fail-safe; where the program ends; on probes such as Ping; and on conditions
// of polls and retries, where false means "not yet". Where it is in doubt it is
// silent.
package analyzer
