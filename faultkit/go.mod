module github.com/errswallow/errswallow/faultkit

go 1.24.0
