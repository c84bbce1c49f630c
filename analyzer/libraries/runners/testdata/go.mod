module testdata

go 1.26.0

require (
	github.com/alexellis/go-execute/v2 v2.2.1
	github.com/bitfield/script v0.25.2
	k8s.io/utils v0.0.0-20261023123148-ca04ba58ecab
)

require (
	github.com/itchyny/gojq v0.12.13 // indirect
	github.com/itchyny/timefmt-go v0.1.5 // indirect
	mvdan.cc/sh/v3 v3.7.0 // indirect
)
