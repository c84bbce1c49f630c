module testdata

go 1.25.0
