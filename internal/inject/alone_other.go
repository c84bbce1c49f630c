//go:build !unix

package inject

import "os/exec"

// alone has a command end when its context does: what it started may go on.
func alone(*exec.Cmd) {}
