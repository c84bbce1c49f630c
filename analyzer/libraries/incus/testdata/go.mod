module testdata

go 1.25.6

require github.com/lxc/incus/v6 v6.23.0 // indirect
