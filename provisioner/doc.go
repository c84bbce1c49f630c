// Package provisioner runs each workspace's agent in a container of its own, and
// never restarts a healthy one because the Docker daemon did not answer. It is
// the corrected form of the code that did: on 2026-04-16 six at once.
//
// # Contract
//
//	what ContainerInspect says              IsRunning answers  the caller
//	found, running                          (true, nil)        does nothing
//	found, stopped                          (false, nil)       restarts
//	really not found                        (false, nil)       restarts
//	anything else: a deadline, EOF, ...     (true, err)        stays on the alive path, logs and counts err
//
// A caller that ignores the error does no harm; one that looks at it knows more.
//
// # Parts
//
// A [Provisioner] starts, stops, restarts and removes the containers. A
// [Supervisor] is the only one that restarts a container that nobody asked to
// restart, and it asks IsRunning first. Two parts ask it: the [Proxy], when it
// cannot forward a request, and the [Monitor], when an agent is silent.
// [Telemetry] makes what they met visible.
package provisioner
