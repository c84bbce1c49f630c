// Package dockerfault injects faults between a Docker client and an engine, for
// the tests of whatever asks an engine for the state of a container.
//
// A [Proxy] stands in front of an engine, the real one or an in-process [Engine],
// and does to the calls that match an [Injection] what its [Fault] says: it
// stalls them, breaks them off, answers 500. [Verify] runs a predicate, such as
// IsRunning, under every fault and under none, and fails a test unless it keeps
// the contract:
//
//	running              (true, nil)
//	stopped, absent      (false, nil)
//	under any fault      (true, an error)
//
// What a predicate answers beside an error matters: callers ignore errors.
package dockerfault
