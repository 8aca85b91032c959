# Chibo: `make run` shows the program, `make test` proves it.

DIST    := kit/web/assets/dist/manifest.json
SOURCES := $(shell find kit/web/assets/src kit/web/assets/bundle -type f 2>/dev/null) \
	$(filter-out %_test.go,$(wildcard cmd/device/*.go proceedings/*.go room/*.go minutes/*.go kit/web/part/*.go kit/locale/*.go kit/when/*.go kit/fault/*.go))
LISTEN  ?= 127.0.0.1:8080

help: ## what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: assets ## the demo world on http://$(LISTEN)
	go run ./cmd/chibo demo --listen $(LISTEN)

build: assets ## bin/chibo, one static program
	scripts/build bin/

# What asks thousands of things one after the other, tries ever new texts or starts the program
# anew for each: the race detector would find nothing more in it and take ten minutes.
SWEEPS := TestSweep|TestWhatTellsOfPeopleIsRationed|TestNothingTypedBecomesSQL|TestAnInjectionIsFound|TestWhatIsSentTwiceCountsOnce|TestFieldsSurviveNaughtyTexts|TestEveryGuardIsMissed|TestFieldsAreForThoseWhoNeedThem|TestWhoIsShownAPersonIsToldOf|TestListsThatAreTakenStandInTheLog|TestAdministratorsReadNoContents|TestNothingIsPressedFromElsewhere|TestExportsSayWhoTookThem|TestNothingIsTickedBefore|TestHostileFilesAreTurnedAway|TestEveryState|TestWhoHasMovedIsOfTheNewCell|TestMethodsAreWhatTheySay|TestForeignPartsAreNotTaken|TestWhatIsWrongStandsBesideItsField|TestEveryFormCountsOnce|TestFilesAreScanned|TestAnyOrder|TestNaughtyTextsBreakNothing|TestBoardEqualsARecount|TestHostileText|TestVolumeOfHostileText|TestThiefIsNoFool|TestADeedIsDoneWholeOrNot|TestLargeFilesAreTurnedAway|TestOneCellOfManyMonths|TestCountry|TestFillHoldsEverythingADemoNeeds|TestCheckRefuses|TestCommands|TestTheSlowAreLetGo|TestTexts|TestLogTellsOfNobody|TestNoPageTellsAPart|TestChoiceHasNoLength

# Where they stand: nothing else is linked a second time for them.
SWEPT = $(shell grep -rlE '^func ($(SWEEPS))\>' --include='*_test.go' --exclude-dir=node_modules . | xargs -n 1 dirname | sort -u)

# Much of a run is the compiler and the linker. Without optimizing our own code they take half as
# long, and the tests no longer: what takes them long is SQLite, which stays as it is. Where a
# package is tested from inside and in the whole program, go compiles the program anew for it:
# tests of the latter kind stand in scenario (app/layout_test.go finds others).
QUICK := -N -l

# What grinds by itself: SQLite, which is C made into Go with locks of its own, what reads the
# migrations, passwords, pictures and what is packed. The race detector takes most of its time
# in it and is not there to try it.
GRINDS := modernc.org/... github.com/pressly/goose/... golang.org/x/crypto/... compress/... image/...

# With the race detector comes a guard of unsafe pointers; the program has none.
RACE := -race -gcflags=all=-d=checkptr=0 -gcflags='chibo/...=$(QUICK) -d=checkptr=0' \
	$(foreach g,$(GRINDS),-gcflags='$(g)=-d=checkptr=0 -race=false')

# What is raced: packages with goroutines or locks of their own (app/layout_test.go finds one
# that is missing here). The others are called by these; to race them all took half as long again.
RACED := ./account ./app/... ./ballot ./cmd/chibo ./document ./hall ./kit/... ./library ./notice ./provider/... ./report ./room ./screen ./supervision

# Seventy programs are linked, which takes half as long without what a debugger reads; what vet
# finds, `make lint` says. To collect garbage more seldom saves a tenth of all, for some memory.
TEST := GOGC=400 go test -vet=off -ldflags='-s -w' -timeout 20m -parallel 4

# What is not raced is compiled as scripts/build compiles the program, so that SQLite and all
# other libraries are compiled once for both.
ALIKE := CGO_ENABLED=0 GOFLAGS=-trimpath

test: tools assets ## everything: SQLite and PostgreSQL, the browser, the race detector
	CHIBO_TEST_POSTGRES="$$(scripts/postgres)"; export CHIBO_TEST_POSTGRES; \
	$(TEST) $(RACE) -skip '^($(SWEEPS))$$' $(RACED) && \
	$(ALIKE) $(TEST) -gcflags='chibo/...=$(QUICK)' $$(go list ./... | grep -vxF "$$(go list $(RACED) ./e2e/...)") && \
	$(ALIKE) $(TEST) -gcflags='chibo/...=$(QUICK)' -run '^($(SWEEPS))$$' $(SWEPT) && \
	$(ALIKE) $(TEST) -gcflags='chibo/...=$(QUICK)' ./e2e/...; \
	status=$$?; scripts/postgres stop; exit $$status

quick: assets ## the tests without the race detector and the browser, on the PostgreSQL of `make postgres`
	CHIBO_TEST_POSTGRES="$$(scripts/postgres)" go test $$(go list ./... | grep -v /e2e)

lint: assets ## gofumpt, vet, staticcheck, errcheck, sqlclosecheck
	@unformatted="$$(go tool gofumpt -l . | grep -v node_modules)"; test -z "$$unformatted" || { echo "$$unformatted"; echo "run: make gen" >&2; exit 1; }
	go vet ./...
	go tool staticcheck ./...
	go tool errcheck ./...
	go vet -vettool="$$(go tool -n sqlclosecheck)" ./...

scan: assets ## gosec, gitleaks, govulncheck: before a release, with a network
	@scripts/scan

sbom: build ## what the program and its browser files are made of: bin/*.sbom.json
	go version -m -json bin/chibo > bin/chibo-go.sbom.json
	npm sbom --sbom-format cyclonedx --package-lock-only > bin/chibo-browser.sbom.json

gen: assets ## writes again what is generated: formatting, doc/routes.txt, schema.sql, golden files
	go tool gofumpt -w $$(git ls-files '*.go')
	CHIBO_TEST_POSTGRES="$$(scripts/postgres)" go test ./app ./kit/db -update

bench: assets ## measures the program against the bare anchor and writes doc/performance.md (twenty minutes)
	go run ./bench/run

pictures: tools assets ## takes the pictures of the README and of the guides again
	go test ./e2e -run TestPictures -pictures

postgres: tools ## starts a private PostgreSQL for tests and prints its address
	@scripts/postgres

assets: $(DIST) ## bundles the browser's files, compiles the room for it

tools:
	@scripts/tools

node_modules/.package-lock.json: package-lock.json
	npm ci --ignore-scripts --no-audit --no-fund
	@touch $@

$(DIST): node_modules/.package-lock.json $(SOURCES)
	go run ./kit/web/assets/bundle

clean: ## removes what was built
	rm -rf bin node_modules kit/web/assets/dist/*-* $(DIST)
	scripts/postgres stop

.PHONY: help run build test quick lint scan sbom gen bench pictures postgres assets tools clean
.DEFAULT_GOAL := help
