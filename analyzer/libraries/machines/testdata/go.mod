module testdata

go 1.26.0

require github.com/crc-org/machine v0.0.0-20240926103419-a943b47fd48b

require (
	github.com/sirupsen/logrus v1.9.3 // indirect
	golang.org/x/sys v0.0.0-20220715151400-c0bba94af5f8 // indirect
)
