module testdata

go 1.26.0

require (
	github.com/aarondl/sqlboiler/v4 v4.19.5
	github.com/volatiletech/sqlboiler/v4 v4.16.2
)

require (
	github.com/aarondl/inflect v0.0.2 // indirect
	github.com/aarondl/strmangle v0.0.9 // indirect
	github.com/friendsofgo/errors v0.9.2 // indirect
	github.com/spf13/cast v1.5.0 // indirect
	github.com/volatiletech/inflect v0.0.1 // indirect
	github.com/volatiletech/strmangle v0.0.6 // indirect
	golang.org/x/xerrors v0.0.0-20220609144429-65e65417b02f // indirect
)
