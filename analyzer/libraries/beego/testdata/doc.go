// Package library requires what the data names, and the cases do not need.
package library

import (
	_ "github.com/astaxie/beego"
	_ "github.com/astaxie/beego/orm"
	_ "github.com/beego/beego"
	_ "github.com/beego/beego/orm"
	_ "github.com/beego/beego/v2/client/orm"
)
