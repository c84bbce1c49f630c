//go:build unix

package faultkit_test

import (
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/errswallow/errswallow/faultkit"
)

// TestPermission denies the socket to a user who can be denied something: root runs it
// once more as nobody.
func TestPermission(t *testing.T) {
	t.Parallel()
	proxy, cli := start(t, "")
	if os.Geteuid() == 0 {
		if err := proxy.Can(faultkit.Permission); err == nil || !strings.Contains(err.Error(), "root") {
			t.Errorf("error %v", err)
		}
		asNobody(t)
		return
	}
	injected := proxy.Inject(faultkit.Injection{Fault: faultkit.Permission})
	if err := cli.call(t.Context(), "GET", list, nil); !errors.Is(err, os.ErrPermission) {
		t.Errorf("error %v", err)
	}
	injected.Remove()
	must(t, cli.call(t.Context(), "GET", list, nil))
}

// asNobody runs TestPermission as the user nobody.
func asNobody(t *testing.T) {
	t.Helper()
	dir, err := os.MkdirTemp("", "faultkit-nobody")
	must(t, err)
	defer os.RemoveAll(dir)
	must(t, os.Chmod(dir, 0o777))
	self, err := os.Executable()
	must(t, err)
	binary := filepath.Join(dir, "test")
	must(t, copyFile(self, binary))
	test := exec.Command(binary, "-test.run=^TestPermission$", "-test.v")
	test.Dir, test.Env = dir, []string{"TMPDIR=" + dir, "HOME=" + dir}
	test.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
	if out, err := test.CombinedOutput(); err != nil || !strings.Contains(string(out), "--- PASS: TestPermission") {
		t.Errorf("as nobody: %v\n%s", err, out)
	}
}

// copyFile copies a program.
func copyFile(from, to string) error {
	r, err := os.Open(from)
	if err != nil {
		return err
	}
	defer r.Close()
	w, err := os.OpenFile(to, os.O_CREATE|os.O_WRONLY, 0o755)
	if err != nil {
		return err
	}
	_, err = io.Copy(w, r)
	return errors.Join(err, w.Close())
}
