module testdata

go 1.26.0

require (
	github.com/digitalocean/go-libvirt v0.0.0-20250616175656-5843751af96c
	libvirt.org/go/libvirt v1.10002.0
)

require (
	golang.org/x/crypto v0.39.0 // indirect
	golang.org/x/sys v0.33.0 // indirect
)
