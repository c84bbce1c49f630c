// Package contract holds the provisioner to its contract, with faultkit, on an engine
// in this process and on the machine's: there is nothing in it but tests. It is a
// module of its own, so that what is installed does not need what only tests do.
package contract
