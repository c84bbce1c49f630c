module github.com/errswallow/errswallow/internal/corpus

go 1.26.0

replace github.com/errswallow/errswallow => ../..

require github.com/errswallow/errswallow v0.0.0-00010101000000-000000000000

require golang.org/x/tools v0.52.0 // indirect
