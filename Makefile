# The two commands of the README are `make run` and `make test`. Everything a clean machine lacks, `make deps` installs.

PACKAGES := libopenblas-dev libgnuplot-iostream-dev gnuplot-nox
CONFIGURATION := release
# A module may import only what Package.swift says it may: imports go downward.
BUILD := swift build -c $(CONFIGURATION) --explicit-target-dependency-import-check error
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)

.PHONY: run test lint format deps build clean

run: build
	.build/$(CONFIGURATION)/assay run quick

build: deps
	$(BUILD)

test: deps
	$(BUILD) --build-tests
	@# Kernels under every instruction set that the machine has; one it lacks means the baseline again.
	for isa in baseline avx2; do ASSAY_ISA=$$isa swift test -c $(CONFIGURATION) --skip-build --filter KernelsTests || exit 1; done
	swift test -c $(CONFIGURATION) --skip-build

lint:
	swift format lint --strict --recursive Package.swift Sources Tests

format:
	swift format --in-place --recursive Package.swift Sources Tests

# Quiet where nothing is missing; where apt is not to be had, says what to install.
deps:
	@if command -v dpkg-query >/dev/null 2>&1; then \
	    missing=$$(for p in $(PACKAGES); do dpkg-query -W -f='$${Status}' $$p 2>/dev/null | grep -q 'ok installed' || echo $$p; done); \
	    if [ -n "$$missing" ]; then \
	        echo "installing $$(echo $$missing)"; \
	        $(SUDO) apt-get update -qq && DEBIAN_FRONTEND=noninteractive $(SUDO) apt-get install -y -qq $$missing; \
	    fi; \
	elif ! command -v gnuplot >/dev/null 2>&1 || ! pkg-config --exists openblas; then \
	    echo "please install: OpenBLAS with its header and pkg-config file, gnuplot, gnuplot-iostream.h with Boost.Iostreams"; \
	fi

clean:
	rm -rf .build
