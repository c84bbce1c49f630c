// Package silent forgets what is gone.
package silent

import (
	"context"

	"github.com/docker/docker/client"
	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/schema"
)

func Read(ctx context.Context, d *schema.ResourceData, cli *client.Client) error {
	config, _, err := cli.ConfigInspectWithRaw(ctx, d.Id())
	if client.IsErrNotFound(err) {
		d.SetId("")
		return nil
	}
	if err != nil {
		return err
	}
	d.SetId(config.ID)
	return nil
}

// An id of its own forgets nothing.
func Named(ctx context.Context, d *schema.ResourceData, cli *client.Client) error {
	config, _, err := cli.ConfigInspectWithRaw(ctx, "default")
	if err != nil {
		d.SetId("default")
		return err
	}
	d.SetId(config.ID)
	return nil
}

func Delete(ctx context.Context, d *schema.ResourceData, cli *client.Client) error {
	if err := cli.ConfigRemove(ctx, d.Id()); err != nil {
		return err
	}
	d.SetId("")
	return nil
}
