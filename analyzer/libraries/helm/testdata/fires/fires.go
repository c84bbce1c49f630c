// Package fires takes an API server that does not answer for a release that is not installed.
package fires

import (
	"helm.sh/helm/v3/pkg/action"
	"helm.sh/helm/v3/pkg/release"
	"helm.sh/helm/v3/pkg/storage"
)

func Installed(cfg *action.Configuration, name string) bool {
	_, err := action.NewGet(cfg).Run(name)
	return err == nil // want `Installed: answers false, as for a release that does not exist, when Run times out \(collapse\)`
}

func Version(cfg *action.Configuration, name string) (string, error) {
	rel, err := action.NewStatus(cfg).Run(name)
	if err != nil {
		return "", nil // want `Version: answers \("", nil\), as for a release that does not exist, when Run times out \(empty\)`
	}
	return rel.Chart.Metadata.Version, nil
}

func Names(cfg *action.Configuration) []string {
	list, err := action.NewList(cfg).Run()
	if err != nil {
		return nil // want `Names: answers nil, as for a release that does not exist, when Run times out \(collapse\)`
	}
	var names []string
	for _, rel := range list {
		names = append(names, rel.Name)
	}
	return names
}

func Deployed(s *storage.Storage, name string) *release.Release {
	rel, _ := s.Deployed(name) // want `Deployed: drops the error of Deployed and answers nil, as for a release that does not exist, when Deployed times out \(discard\)`
	return rel
}

func UninstallIfThere(cfg *action.Configuration, name string) error {
	if _, err := action.NewGet(cfg).Run(name); err != nil {
		return nil // want `UninstallIfThere: answers nil and does nothing, as for a release that does not exist, when Run times out \(empty\)`
	}
	_, err := action.NewUninstall(cfg).Run(name)
	return err
}
