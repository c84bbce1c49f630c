// The run command is an agent in a container. It ends by itself after an hour:
// what a killed test leaves behind does not stay.
package main

import (
	"log"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/errswallow/errswallow/internal/agent"
)

func main() {
	go func() {
		log.Fatal(http.ListenAndServe(":8080", agent.New()))
	}()
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, syscall.SIGTERM, os.Interrupt) // the first process of a container has no default
	select {
	case <-stop:
	case <-time.After(time.Hour):
	}
}
