// Package imports imports a client and asks it nothing.
package imports

import "github.com/docker/docker/client"

func Dial() (*client.Client, error) { return client.NewClientWithOpts(client.FromEnv) }
