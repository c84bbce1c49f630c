// Package possible makes what may be a note of the failure: of an absent object it is not made.
package possible

import (
	"context"

	"github.com/hetznercloud/hcloud-go/v2/hcloud"
)

// Incidents is a port: what implements it stands in a package that imports this one.
type Incidents interface {
	CreateIncident(ctx context.Context, of string) error
}

func Watch(ctx context.Context, client *hcloud.Client, incidents Incidents, id int64) {
	_, _, err := client.Server.GetByID(ctx, id)
	if err != nil && !hcloud.IsError(err, hcloud.ErrorCodeNotFound) {
		incidents.CreateIncident(ctx, "a server that cannot be asked for") // want `Watch: calls CreateIncident, as for a Server that does not exist, .* \(destroy, possible\)`
	}
}
