package fires

import (
	"context"

	"github.com/hetznercloud/hcloud-go/v2/hcloud"
)

type Member struct{ Name string }

// Members is a port: what implements it stands in a package that imports this one.
type Members interface {
	GetMember(ctx context.Context, id string) (*Member, error)
	CreateMember(ctx context.Context, m *Member) error
}

// A second one is made, unless it is refused there.
func Enrol(ctx context.Context, members Members, id string) error {
	if m, err := members.GetMember(ctx, id); err == nil && m != nil {
		return nil
	}
	return members.CreateMember(ctx, &Member{}) // want `Enrol: calls CreateMember, as for a Member that does not exist, .* \(destroy\)`
}

func Provide(ctx context.Context, client *hcloud.Client, id int64) error {
	server, _, err := client.Server.GetByID(ctx, id)
	if err != nil || server == nil {
		_, _, err = client.Server.Create(ctx, hcloud.ServerCreateOpts{}) // want `Provide: calls Create, as for a Server that does not exist, when hcloud.GetByID of a Server times out \(destroy\)`
		return err
	}
	return nil
}
