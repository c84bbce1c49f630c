// Package silent forgets what is gone.
package silent

import (
	"context"
	"strconv"
	"strings"

	"github.com/docker/docker/client"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-sdk/v2/diag"
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

type cloud interface {
	FindFirewall(id string) (string, error)
	DeleteFirewall(id string) error
}

// The removal is confirmed: a fault after it is no loss.
func resourceFirewallDelete(d *schema.ResourceData, meta any) diag.Diagnostics {
	if err := meta.(cloud).DeleteFirewall(d.Id()); err != nil {
		return diag.FromErr(err)
	}
	if _, err := meta.(cloud).FindFirewall(d.Id()); err == nil {
		return diag.Errorf("firewall %s still found after it was deleted", d.Id())
	}
	return nil
}

// Gone already, by what the client says.
func resourceRuleDelete(d *schema.ResourceData, meta any) error {
	rule, err := meta.(cloud).FindFirewall(d.Id())
	if err != nil && strings.Contains(err.Error(), "404 not found") {
		return nil
	}
	if err != nil {
		return err
	}
	return meta.(cloud).DeleteFirewall(rule)
}

type droplet struct{ client cloud }

func (r *droplet) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	firewall, err := r.client.FindFirewall(req.ProviderMeta.Raw.String())
	if err != nil {
		resp.Diagnostics.AddError("not found", err.Error())
		return
	}
	if err := r.client.DeleteFirewall(firewall); err != nil {
		resp.Diagnostics.AddError("not deleted", err.Error())
	}
}

// It is no removal that is called for.
func resourceFirewallUpdate(d *schema.ResourceData, meta any) error {
	firewall, err := meta.(cloud).FindFirewall(d.Id())
	if err != nil {
		return nil
	}
	return meta.(cloud).DeleteFirewall(firewall)
}

type restful interface {
	Get(url string, out any) error
	Post(url string, in, out any) error
}

type statusError struct{ Code int }

func (e *statusError) Error() string { return "refused" }

func checkGone(d *schema.ResourceData, err error) error {
	if e, ok := err.(*statusError); ok && e.Code == 404 {
		d.SetId("")
		return nil
	}
	return err
}

// What is read is not found: it is gone. What could not be made is told.
func ReadCredential(d *schema.ResourceData, meta any) error {
	var name, secret string
	if err := meta.(restful).Get("/credentials/"+d.Id(), &name); err != nil {
		return checkGone(d, err)
	}
	if err := meta.(restful).Post("/credentials/"+d.Id()+"/secret", nil, &secret); err != nil {
		return err
	}
	return d.Set("secret", secret)
}

type networks interface {
	NetworkIsActive(name string) (int, error)
	NetworkDestroy(name string) error
	NetworkUndefine(name string) error
}

type networkResource struct{ client networks }

// Delete undefines the network whether it is active or not: that it stays where it cannot be
// stopped is told.
func (r *networkResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	active, err := r.client.NetworkIsActive("n")
	if err != nil {
		resp.Diagnostics.AddWarning("not known whether it is active", err.Error())
	}
	if active == 1 {
		if err := r.client.NetworkDestroy("n"); err != nil {
			resp.Diagnostics.AddError("not stopped", err.Error())
			return
		}
	}
	if err := r.client.NetworkUndefine("n"); err != nil {
		resp.Diagnostics.AddError("not undefined", err.Error())
	}
}
