// The run command is an agent in a container. It ends by itself after an hour:
// what a killed test leaves behind does not stay. With -exit it fails at once.
package main

import (
	"flag"
	"log"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/errswallow/errswallow/internal/realengine/agent"
)

func main() {
	code := flag.Int("exit", 0, "exit at once with this `code`")
	flag.Parse()
	if *code != 0 {
		os.Exit(*code)
	}
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
