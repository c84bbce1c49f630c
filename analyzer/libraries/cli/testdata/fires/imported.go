package fires

import "testdata/helper"

func ByImported(name string) bool {
	_, err := helper.Podman("volume", "inspect", name)
	return err == nil // want `ByImported: answers false, as for .* when podman volume inspect times out \(collapse\)`
}

func ByImportedStatus(name string) (bool, error) {
	code, err := helper.Status("podman", "container", "exists", name)
	return code == 0, err // want `ByImportedStatus: answers \(false, nil\), as for .* when podman container exists times out \(collapse\)`
}
