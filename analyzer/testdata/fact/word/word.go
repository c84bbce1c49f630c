// Package word has words for what others answer.
package word

import "github.com/docker/docker/api/types/container"

type Result struct {
	Again bool
	After int
}

// Log opens the package: it is handed an error.
func Log(err error) { // want Log:"given fault -> nothing"
	println(err.Error())
}

func Done() (Result, error) { // want Done:"always -> zero, zero"
	return Result{Again: false}, nil
}

func Later(after int) (Result, error) { // want Later:"always -> unknown, zero"
	return Result{After: after}, nil
}

func Failed(err error) (Result, error) { // want Failed:"given fault -> zero, fault"
	return Result{}, err
}

func Config(name string) (*container.Config, error) { // want Config:"always -> unknown, zero"
	return &container.Config{Hostname: name}, nil
}
