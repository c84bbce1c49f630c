// Package overbroad has the shapes that a fix of overbroad tells apart.
package overbroad

import (
	"context"
	"strings"

	"github.com/docker/docker/client"
)

func IsNotFound(err error) bool {
	if err == nil {
		return false
	}
	return strings.Contains(strings.ToLower(err.Error()), "no such") || strings.Contains(err.Error(), "not found") // want `\(overbroad\)`
}

func Exists(ctx context.Context, cli *client.Client, id string) (bool, error) {
	if _, err := cli.ImageInspect(ctx, id); err != nil {
		if strings.Contains(err.Error(), "not found") {
			return false, nil // want `\(overbroad\)`
		}
		return true, err
	}
	return true, nil
}

// Twice matches in two places: which is meant is not said.
func Twice(err error) bool {
	if strings.Contains(err.Error(), "no such") {
		return true // want `\(overbroad\)`
	}
	return strings.Contains(err.Error(), "not found")
}
