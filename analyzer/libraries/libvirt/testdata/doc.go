//go:build libvirt_dlopen

// Package library requires what the data names, and the cases do not need: it is a binding of
// a library in C, and is looked up with the build tag with which it needs none.
package library

import (
	_ "libvirt.org/go/libvirt"
)
