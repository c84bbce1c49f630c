// Package library keeps the client libraries that the catalogue names in this
// module's requirements, so that its entries can be resolved.
package library

import (
	_ "github.com/containerd/containerd/v2/client"
	_ "github.com/docker/docker/client"
	_ "github.com/fsouza/go-dockerclient"
	_ "github.com/moby/moby/client"
	_ "github.com/testcontainers/testcontainers-go"
	_ "k8s.io/cri-api/pkg/apis"
	_ "k8s.io/cri-api/pkg/apis/runtime/v1"
)
