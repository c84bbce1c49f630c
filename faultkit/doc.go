// Package faultkit injects faults between a program and a container engine, for
// the tests of whatever asks an engine for the state of a container: by a client of
// whatever library, or a command line. It needs nothing but the standard library.
//
// A [Proxy] stands in front of an engine that speaks Docker's API over HTTP, the
// machine's or an in-process [Engine], and does to the calls that match an
// [Injection] what its [Fault] says: it stalls them, breaks them off, answers with
// 404 and the page of a load balancer. Programs are led to it by DOCKER_HOST, which
// is what a test hands them.
//
// [Verify] runs a predicate, such as IsRunning, without a fault and under every
// one, on a container that runs, one that is stopped and one that is absent, and
// fails a test unless it keeps the contract:
//
//	running              (true, nil)
//	stopped, absent      (false, nil)
//	under any fault      (true, an error)
//
// What a predicate answers beside an error matters: callers ignore errors.
// [VerifyCaller] runs what acts on the answers, and fails a test if, under a fault,
// anything arrives at the engine that stops, removes or creates a container.
//
// The command faultkit in cmd/faultkit puts a proxy in front of any program:
//
//	faultkit -fault stall -- go test ./...
package faultkit
