# Everything here is also runnable by hand: each target is one or two commands.

.DEFAULT_GOAL := help
VERSION := $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
PLATFORMS := linux/amd64 linux/arm64 darwin/amd64 darwin/arm64 windows/amd64 windows/arm64

help: ## list the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  %-12s %s\n", $$1, $$2}'

run: ## label the samples into out/
	go run ./cmd/classify -o out data/sample

test: ## the tests
	go test ./...

race: ## the tests under the race detector
	go test -race ./...

lint: ## gofmt, vet, staticcheck
	test -z "$$(gofmt -l cmd data internal models)"
	go vet ./...
	go run honnef.co/go/tools/cmd/staticcheck@v0.8.2 ./...

fuzz: ## ten minutes of fuzzing on every reader and on finding statements
	sh scripts/fuzz.sh 600s

check-data: ## the gold: offsets, labels, splits, names, nothing copied, the card's counts
	go test -count=1 ./data

models: ## train the embedded linear model from data/gold
	go run ./cmd/train -o models/linear data/gold

model-small: ## fine-tune the embedded transformer from bge-small-en-v1.5: 11,000 statements, 3 epochs, about 90 minutes on two idle cores; resumes
	go run ./cmd/train -encoder $(or $(STANDPOINT_SHARED),../shared)/models/bge-small-en-v1.5 -freeze 4 -epochs 3 -name small -o models/small data/gold

eval: ## score the embedded models on the gold's held-out articles
	go run ./cmd/train -eval small data/gold
	go run ./cmd/train -eval linear data/gold

bench: ## articles a second and peak memory
	go run ./internal/bench

bench-memory: ## peak memory from 1,000 to 200,000 articles
	go run ./internal/bench -articles 200000

bench-peers: ## the encoder and its training beside ONNX Runtime and PyTorch (PYTHON names a Python that has them)
	$(or $(PYTHON),python3) scripts/bench_peers.py -write docs/benchmarks.md

roundtrip: ## an export through Label Studio, doccano and Argilla and back (VENVS: where they are or go)
	python3 scripts/roundtrip_tools.py $(or $(VENVS),.venv-tools)

unseen: ## what 200 rows are worth to a model: of a country it has never seen, of other articles
	STANDPOINT_LONG=1 go test -count=1 -v -timeout 60m -run 'TestUnseenCountry|TestOtherArticles' ./cmd/train

kill-test: ## kill -9 at ten random moments of 5,000 articles; nights, workers, shards
	STANDPOINT_LONG=1 go test -count=1 -v -timeout 30m -run 'TestKill|TestSame' ./cmd/classify

notebook: ## run the notebooks and keep their outputs
	sh scripts/notebooks.sh

report: ## the report of the samples, and its pictures for the docs (needs Chromium)
	go run ./cmd/classify -o out data/sample
	go run ./cmd/classify report out
	"$$(sh scripts/python.sh playwright)" scripts/report_pages.py docs out/report.html docs/report

report-test: ## the report in headless Chromium
	go build -o bin/ ./cmd/classify
	"$$(sh scripts/python.sh playwright)" scripts/report_pages.py test bin/classify

vuln: ## look for known vulnerabilities (asks the network)
	go run golang.org/x/vuln/cmd/govulncheck@latest ./...

dist: ## static binaries with checksums and notices in dist/
	sh scripts/dist.sh "$(VERSION)" $(PLATFORMS)

clean: ## remove what the targets made
	rm -rf out dist bin

.PHONY: help run test race lint fuzz check-data models model-small eval bench bench-memory bench-peers roundtrip unseen kill-test notebook report report-test vuln dist clean
