// Package library requires what the data names, and the cases do not need.
package library

import (
	_ "github.com/go-xorm/xorm"
	_ "github.com/xorm-io/xorm"
	_ "xorm.io/xorm"
)
