module testdata

go 1.26.0

require github.com/containerd/go-runc v1.1.0

require (
	github.com/containerd/console v1.0.3 // indirect
	github.com/opencontainers/runtime-spec v1.1.0-rc.2 // indirect
	github.com/sirupsen/logrus v1.9.0 // indirect
	golang.org/x/sys v0.2.0 // indirect
)
