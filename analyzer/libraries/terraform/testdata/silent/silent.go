// Package silent forgets what is gone.
package silent

import (
	"context"
	"strconv"

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

type api interface {
	ReadDomain(id string) (*struct{ Name string }, error)
	DeleteDomain(id string) error
}

// Terraform keeps the old state where an error is answered.
func ReadAny(d *schema.ResourceData, meta any) error {
	domain, err := meta.(api).ReadDomain(d.Id())
	if err != nil {
		d.SetId("")
		return err
	}
	if domain == nil {
		d.SetId("")
		return nil
	}
	return d.Set("name", domain.Name)
}

// What is deleted is forgotten.
func DeleteAny(d *schema.ResourceData, meta any) error {
	if err := meta.(api).DeleteDomain(d.Id()); err != nil {
		return err
	}
	d.SetId("")
	return nil
}

// An id that nobody can read was never one.
func ReadParsed(d *schema.ResourceData, meta any) error {
	if _, err := strconv.Atoi(d.Id()); err != nil {
		d.SetId("")
		return nil
	}
	return nil
}
