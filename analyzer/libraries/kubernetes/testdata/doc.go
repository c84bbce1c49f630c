// Package library requires what the data names, and the cases do not need.
package library

import (
	_ "github.com/onsi/ginkgo/v2"
	_ "github.com/onsi/gomega"
	_ "k8s.io/client-go/discovery"
	_ "k8s.io/client-go/metadata"
	_ "k8s.io/client-go/scale"
)
