// Package library requires what the data names, and the cases do not need.
package library

import _ "golang.org/x/sys/unix"
