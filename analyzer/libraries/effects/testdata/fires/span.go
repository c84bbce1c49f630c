// Package fires puts an error into the span of a trace, and nowhere else.
package fires

import (
	"context"
	"database/sql"

	"github.com/opentracing/opentracing-go"
	"gopkg.in/DataDog/dd-trace-go.v1/ddtrace/tracer"
)

func Traced(ctx context.Context, db *sql.DB, name string) bool {
	span, ctx := opentracing.StartSpanFromContext(ctx, "exists")
	defer span.Finish()
	var id int
	if err := db.QueryRowContext(ctx, "SELECT id FROM accounts WHERE name = ?", name).Scan(&id); err != nil {
		span.SetTag("error", err)
		return false // want `Traced: answers false, as for a row that does not exist, when Scan times out \(collapse\)`
	}
	return true
}

func Watched(ctx context.Context, db *sql.DB, name string) bool {
	span, ctx := tracer.StartSpanFromContext(ctx, "exists")
	defer span.Finish()
	var id int
	if err := db.QueryRowContext(ctx, "SELECT id FROM accounts WHERE name = ?", name).Scan(&id); err != nil {
		span.SetTag("error.msg", err.Error())
		return false // want `Watched: answers false, as for a row that does not exist, when Scan times out \(collapse\)`
	}
	return true
}
