package silent

import (
	"fmt"

	"testdata/helper"
)

func ByImported(name string) error {
	_, err := helper.Podman("volume", "inspect", name)
	return err
}

func ByImportedStatus(name string) (bool, error) {
	switch code, err := helper.Status("podman", "container", "exists", name); {
	case err != nil:
		return false, err
	case code == 0, code == 1:
		return code == 0, nil
	default:
		return false, fmt.Errorf("podman: %d", code)
	}
}

func RunByImported(args ...string) bool {
	_, err := helper.Podman(append([]string{"start"}, args...)...)
	return err == nil
}
