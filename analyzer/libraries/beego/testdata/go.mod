module testdata

go 1.26.0

require (
	github.com/astaxie/beego v1.12.3
	github.com/beego/beego v1.12.14
	github.com/beego/beego/v2 v2.3.8
)

require (
	github.com/hashicorp/golang-lru v0.5.4 // indirect
	github.com/pkg/errors v0.9.1 // indirect
	github.com/shiena/ansicolor v0.0.0-20200904210342-c7312218db18 // indirect
	github.com/valyala/bytebufferpool v1.0.0 // indirect
)
