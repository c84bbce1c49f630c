BENCHSTAT := v0.0.0-20260908200009-22c9c6c9d4da
ACTIONLINT := v1.7.12
GORELEASER := v2.14.1 # the last that Go 1.26 compiles

.PHONY: help build incident operator inject cascade audit deps test slow libraries soak mutation bench fuzz race golangci lint workflows release clean

help: ## list the targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

build: ## build bin/errswallow
	go build -o bin/errswallow ./cmd/errswallow

# finds fails unless errswallow has something to report in a folder.
finds = status=0; bin/errswallow -C $(1) ./... || status=$$?; \
	case $$status in 3) echo "found, as it should be";; *) echo "not found: status $$status"; exit 1;; esac

incident: ## report the function that caused the restart cascade
	@echo "building errswallow, and looking for the fault of the incident: under a minute on a fresh machine"
	@$(MAKE) --no-print-directory build
	@$(call finds,examples/incident)

operator: build ## report the controller that deletes volumes, and run it before and after the fix
	@$(call finds,examples/operator)
	go -C examples/operator test ./...

inject: build ## have the query of the incident fail in its tests, before the fix and after it
	rm -rf bin/incident && cp -r examples/incident bin/incident
	bin/errswallow inject -C bin/incident ./... || test $$? = 3
	bin/errswallow -C bin/incident -fix ./...
	bin/errswallow inject -C bin/incident ./...

cascade: ## replay the restart cascade with the original IsRunning and with the reference
	go -C examples/cascade build -o $(CURDIR)/bin/cascade .
	cd examples/cascade && $(CURDIR)/bin/cascade # there the go command knows the agent's module

audit: build ## write what the provisioner asks into docs/audit.md
	sed -i '/^<!-- audit -->$$/q' docs/audit.md
	bin/errswallow audit -C provisioner -format markdown ./... >> docs/audit.md

# Modules of their own: what people who run errswallow do not build.
TESTED := internal/corpus internal/realengine faultkit provisioner provisioner/contract examples/cascade examples/predicates

# Those that errswallow has nothing to say of. examples/cascade imports the code of the
# incident: go vet would remember that as seen, and say nothing of it when asked.
REPORTED := $(filter-out examples/cascade,$(TESTED))

deps: ## download what the tests analyse: they run without a module proxy
	for module in . analyzer/testdata analyzer/libraries/docker/testdata examples/incident $(TESTED); do go -C $$module mod download || exit; done

# Tests that need a Docker engine write their names to this file when they skip.
export ERRSWALLOW_SKIPPED := $(CURDIR)/bin/skipped

test: deps ## run the tests: four minutes on a fresh machine of two cores
	@mkdir -p bin && rm -f $(ERRSWALLOW_SKIPPED)
	@echo "running the tests: four minutes on a fresh machine of two cores, less on a warm one"
	go test -short -vet=off -timeout=20m -shuffle=on ./...
	for module in $(TESTED); do go -C $$module test -short -vet=off -shuffle=on ./... || exit; done
	@if [ -s $(ERRSWALLOW_SKIPPED) ]; then echo "skipped, for want of a Docker engine:"; sort $(ERRSWALLOW_SKIPPED); fi

slow: deps ## run the tests again, with those that take a minute each: all of the standard library, every form, the incident in real time
	go test -vet=off -timeout=40m ./...
	for module in provisioner/contract examples/cascade; do go -C $$module test -vet=off ./... || exit; done

libraries: deps operator ## try every client library: each has a module of its own
	for module in analyzer/libraries/*/testdata/; do [ ! -f $$module/go.mod ] || go -C $$module mod download || exit; done
	go test -timeout=20m -run TestLibrary ./analyzer -libraries
	go test -run 'TestSameLibraries|TestOperator' ./cmd/errswallow -libraries

soak: deps ## delegate to twenty agents for TIME, at RATE a second, while the engine goes from fault to fault and ten die
	go -C provisioner/contract test -count=1 -v -timeout=30m -run=TestSoak . -soak=$(or $(TIME),2m) -rate=$(or $(RATE),200) -workspaces=20 -deaths=10

mutation: deps ## undo each fix of the provisioner: a test must fail
	go -C provisioner/contract test -count=1 -timeout=30m -run=TestMutations . -mutations=1000

bench: deps ## run every benchmark of the pass, for benchstat
	@mkdir -p bin
	go test -run '^$$' -bench . -count $(or $(COUNT),6) ./analyzer ./analyzer/internal/absint | tee bin/bench.txt
	go run golang.org/x/perf/cmd/benchstat@$(BENCHSTAT) bin/bench.txt

fuzz: ## run each fuzz target for a while
	go test -run '^$$' -fuzz FuzzExecute -fuzztime $(or $(TIME),30s) ./analyzer/internal/absint
	go test -run '^$$' -fuzz FuzzMatch -fuzztime $(or $(TIME),30s) ./analyzer/internal/absint
	go test -run '^$$' -fuzz FuzzDirective -fuzztime $(or $(TIME),30s) ./analyzer
	go test -run '^$$' -fuzz FuzzSettings -fuzztime $(or $(TIME),30s) ./analyzer
	go test -run '^$$' -fuzz FuzzBaseline -fuzztime $(or $(TIME),30s) ./internal/finding

race: deps ## run every test under the race detector, but for those that are slow and not parallel code
	go test -race -short -timeout=20m -shuffle=on ./...
	for module in $(TESTED); do go -C $$module test -race -short -shuffle=on ./... || exit; done

golangci: deps ## build golangci-lint with the plugin, and test it
	cd golangci-plugin/lint && go mod download && go test -timeout=20m -shuffle=on ./...

lint: build ## check the format, vet, and run errswallow on itself
	@test -z "$$(gofmt -l .)" || { gofmt -l .; exit 1; }
	go vet ./...
	go vet -vettool=$(CURDIR)/bin/errswallow ./...
	for module in $(TESTED); do go -C $$module vet ./... || exit; done
	for module in $(REPORTED); do go -C $$module vet -vettool=$(CURDIR)/bin/errswallow ./... || exit; done
	go -C golangci-plugin/lint vet ./...

workflows: ## check the workflows of GitHub
	go run github.com/rhysd/actionlint/cmd/actionlint@$(ACTIONLINT) -shellcheck= -pyflakes=

release: ## check what a release is made of, and make one that is not published: what is committed
	dir=$$(mktemp -d) && git clone --quiet . $$dir && cd $$dir && \
	git remote set-url origin https://github.com/errswallow/errswallow && export HOMEBREW_TAP_TOKEN=none && \
	go run github.com/goreleaser/goreleaser/v2@$(strip $(GORELEASER)) check && \
	go run github.com/goreleaser/goreleaser/v2@$(strip $(GORELEASER)) release --snapshot --clean --skip=ko,sbom && \
	ls dist && rm -rf $$dir

clean: ## remove what was built
	rm -rf bin
