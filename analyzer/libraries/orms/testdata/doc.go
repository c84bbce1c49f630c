// Package library requires what the data names, and the cases do not need.
package library

import (
	_ "github.com/go-gorp/gorp/v3"
	_ "github.com/go-pg/pg"
	_ "github.com/go-pg/pg/orm"
	_ "github.com/go-pg/pg/v10"
	_ "github.com/go-pg/pg/v10/orm"
	_ "github.com/go-pg/pg/v9"
	_ "github.com/go-pg/pg/v9/orm"
	_ "github.com/gobuffalo/pop/v5"
	_ "github.com/gobuffalo/pop/v6"
	_ "github.com/gocraft/dbr/v2"
	_ "github.com/upper/db/v4"
	_ "github.com/uptrace/bun"
	_ "gopkg.in/gorp.v1"
	_ "gopkg.in/gorp.v2"
)
