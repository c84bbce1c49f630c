// Package library requires what the data names, and the cases do not need.
package library

import (
	_ "github.com/Masterminds/squirrel"
	_ "github.com/georgysavva/scany/v2/pgxscan"
	_ "github.com/georgysavva/scany/v2/sqlscan"
	_ "github.com/jackc/pgx/v4/pgxpool"
	_ "github.com/jackc/pgx/v5/pgxpool"
)
