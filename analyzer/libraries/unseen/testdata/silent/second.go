package silent

import (
	"context"

	"github.com/hetznercloud/hcloud-go/v2/hcloud"
)

func Provide(ctx context.Context, client *hcloud.Client, id int64) error {
	server, _, err := client.Server.GetByID(ctx, id)
	if err != nil {
		return err
	}
	if server == nil {
		_, _, err = client.Server.Create(ctx, hcloud.ServerCreateOpts{})
	}
	return err
}
