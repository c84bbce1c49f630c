// Package silent puts an error into the span of a trace, and answers it.
package silent

import (
	"context"
	"database/sql"
	"errors"

	"github.com/getsentry/sentry-go"
	"github.com/opentracing/opentracing-go"
)

func Traced(ctx context.Context, db *sql.DB, name string) (bool, error) {
	span, ctx := opentracing.StartSpanFromContext(ctx, "exists")
	defer span.Finish()
	var id int
	err := db.QueryRowContext(ctx, "SELECT id FROM accounts WHERE name = ?", name).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	if err != nil {
		span.SetTag("error", err)
		return false, err
	}
	return true, nil
}

func Captured(ctx context.Context, db *sql.DB, name string) (bool, error) {
	var id int
	err := db.QueryRowContext(ctx, "SELECT id FROM accounts WHERE name = ?", name).Scan(&id)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		sentry.CaptureException(err)
		return false, err
	}
	return err == nil, nil
}
