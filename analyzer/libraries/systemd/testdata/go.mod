module testdata

go 1.26.0

require github.com/coreos/go-systemd/v22 v22.5.1-0.20231103132048-7d375ecc2b09

require github.com/godbus/dbus/v5 v5.1.0 // indirect
