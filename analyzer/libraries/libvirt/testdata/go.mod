module testdata

go 1.25.0

require (
	github.com/digitalocean/go-libvirt v0.0.0-20250616175656-5843751af96c // indirect
	golang.org/x/crypto v0.39.0 // indirect
	golang.org/x/sys v0.33.0 // indirect
	libvirt.org/go/libvirt v1.10002.0 // indirect
)
