// Package fires forgets what it cannot read.
package fires

import (
	"context"
	"log"

	"github.com/docker/docker/api/types/network"
	"github.com/docker/docker/client"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/schema"
)

func Read(ctx context.Context, d *schema.ResourceData, cli *client.Client) error {
	config, _, err := cli.ConfigInspectWithRaw(ctx, d.Id())
	if err != nil {
		log.Printf("[WARN] config %s not found, removing from state", d.Id())
		d.SetId("") // want `Read: calls SetId, as for a config that does not exist, when ConfigInspectWithRaw times out \(destroy\)`
		return nil
	}
	d.SetId(config.ID)
	return nil
}

func Refresh(ctx context.Context, d *schema.ResourceData, cli *client.Client) func() (any, string, error) {
	return func() (any, string, error) {
		if _, err := cli.NetworkInspect(ctx, d.Id(), network.InspectOptions{}); err != nil {
			d.SetId("") // want `Refresh: calls SetId, as for a network that does not exist, .* \(destroy\)`
			return d.Id(), "removed", nil
		}
		return d.Id(), "there", nil
	}
}

type api interface {
	ReadDomain(id string) (*struct{ Name string }, error)
}

// Whatever was asked before the id was emptied, that was the question.
func ReadAny(d *schema.ResourceData, meta any) error {
	domain, err := meta.(api).ReadDomain(d.Id())
	if err != nil {
		log.Printf("[WARN] domain is gone: %v", err)
		d.SetId("") // want `ReadAny: calls SetId, as for a resource that does not exist, when fires\.ReadDomain times out \(destroy\)`
		return nil
	}
	return d.Set("name", domain.Name)
}

// The value is looked at before the error is.
func ReadOrder(d *schema.ResourceData, meta any) error {
	domain, err := meta.(api).ReadDomain(d.Id())
	if domain == nil {
		d.SetId("") // want `ReadOrder: calls SetId, .* \(destroy\)`
		return nil
	}
	if err != nil {
		return err
	}
	return d.Set("name", domain.Name)
}

type cloud interface {
	FindFirewall(id string) (string, error)
	DeleteFirewall(id string) error
}

// The state is forgotten, and the firewall is there.
func resourceFirewallDelete(d *schema.ResourceData, meta any) error {
	firewall, err := meta.(cloud).FindFirewall(d.Id())
	if err != nil {
		log.Printf("[INFO] unable to find firewall %s: it has probably been deleted", d.Id())
		return nil // want `resourceFirewallDelete: answers nil and does nothing, as for a resource that does not exist, when FindFirewall times out \(empty\)`
	}
	return meta.(cloud).DeleteFirewall(firewall)
}

type droplet struct{ client cloud }

func (r *droplet) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	firewall, err := r.client.FindFirewall(req.ProviderMeta.Raw.String())
	if err != nil {
		resp.Diagnostics.AddWarning("not found", err.Error())
		return // want `Delete: returns and does nothing, .* when FindFirewall times out \(empty\)`
	}
	if err := r.client.DeleteFirewall(firewall); err != nil {
		resp.Diagnostics.AddError("not deleted", err.Error())
	}
}

func forgetOn(d *schema.ResourceData, err error) error {
	if err != nil {
		d.SetId("")
	}
	return nil
}

// The helper forgets, whatever the error is.
func ReadByHelper(d *schema.ResourceData, meta any) error {
	domain, err := meta.(api).ReadDomain(d.Id())
	if err != nil {
		return forgetOn(d, err) // want `ReadByHelper: calls SetId, by forgetOn, as for a resource that does not exist, when fires\.ReadDomain times out \(destroy\)`
	}
	return d.Set("name", domain.Name)
}
