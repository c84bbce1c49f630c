// Package silent tells a release that is not installed from an API server that does not answer.
package silent

import (
	"errors"

	"helm.sh/helm/v3/pkg/action"
	"helm.sh/helm/v3/pkg/chart"
	"helm.sh/helm/v3/pkg/release"
	"helm.sh/helm/v3/pkg/storage"
	"helm.sh/helm/v3/pkg/storage/driver"
)

func Installed(cfg *action.Configuration, name string) (bool, error) {
	_, err := action.NewGet(cfg).Run(name)
	if errors.Is(err, driver.ErrReleaseNotFound) {
		return false, nil
	}
	return err == nil, err
}

func Apply(cfg *action.Configuration, name string, c *chart.Chart) error {
	_, err := action.NewHistory(cfg).Run(name)
	switch {
	case errors.Is(err, driver.ErrReleaseNotFound):
		_, err = action.NewInstall(cfg).Run(c, nil)
	case err == nil:
		_, err = action.NewUpgrade(cfg).Run(name, c, nil)
	}
	return err
}

func Deployed(s *storage.Storage, name string) (*release.Release, error) {
	rel, err := s.Deployed(name)
	if errors.Is(err, driver.ErrNoDeployedReleases) {
		return nil, nil
	}
	return rel, err
}

func Uninstall(cfg *action.Configuration, name string) error {
	_, err := action.NewUninstall(cfg).Run(name)
	if errors.Is(err, driver.ErrReleaseNotFound) {
		return nil
	}
	return err
}

func Names(cfg *action.Configuration) ([]string, error) {
	list, err := action.NewList(cfg).Run()
	if err != nil {
		return nil, err
	}
	var names []string
	for _, rel := range list {
		names = append(names, rel.Name)
	}
	return names, nil
}
