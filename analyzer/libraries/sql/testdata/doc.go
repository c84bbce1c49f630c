// Package library requires what the data names, and the cases do not need.
package library

import (
	_ "github.com/Masterminds/squirrel"
	_ "github.com/jackc/pgx/v4"
	_ "xorm.io/xorm"
)
