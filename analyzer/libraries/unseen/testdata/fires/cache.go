package fires

import "context"

type sessions interface {
	Delete(ctx context.Context, id string) error
}

type templates interface {
	GetTemplate(ctx context.Context, id string) (*template, error)
}

type template struct{ Name string }

// What is no cache is not had again.
func dropped(ctx context.Context, all sessions, store templates, id string) *template {
	t, err := store.GetTemplate(ctx, id)
	if err != nil {
		_ = all.Delete(ctx, id) // want `dropped: calls Delete, as for a template that does not exist, when fires.GetTemplate of a template times out \(destroy\)`
		return nil
	}
	return t
}
