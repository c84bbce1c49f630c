// Package possible forgets what something else was not found for.
package possible

import "github.com/hashicorp/terraform-plugin-sdk/v2/helper/schema"

type rest interface {
	Post(url string, in, out any) error
}

type apiError struct{ Code int }

func (e *apiError) Error() string { return "refused" }

func checkDeleted(d *schema.ResourceData, err error) error {
	if e, ok := err.(*apiError); ok && e.Code == 404 {
		d.SetId("")
		return nil
	}
	return err
}

// What is not found is the secret, or the user, or the way to it: the credential may be there.
func ReadSecret(d *schema.ResourceData, meta any) error {
	var secret string
	if err := meta.(rest).Post("/credentials/"+d.Id()+"/secret", nil, &secret); err != nil {
		return checkDeleted(d, err) // want `ReadSecret: calls SetId, by checkDeleted, as for a resource that does not exist, when Post does not find something \(destroy, possible\)`
	}
	return d.Set("secret", secret)
}
