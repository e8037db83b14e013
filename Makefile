# `make run` builds and measures, `make test` runs all tests. Both install what is missing (`make deps`).

PACKAGES := libopenblas-dev libgnuplot-iostream-dev gnuplot-nox
# Only for the tests: binutils to read the program's machine code, QEMU to run it on a processor without AVX.
TEST_PACKAGES := binutils $(if $(filter x86_64,$(shell uname -m)),qemu-user)
CONFIGURATION := release
# A module may import only its dependencies in Package.swift. So imports go downward.
BUILD := swift build -c $(CONFIGURATION) --explicit-target-dependency-import-check error
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)

.PHONY: run test check-graphs fuzz sanitize mutants lint format deps build clean

run: build
	.build/$(CONFIGURATION)/assay run quick

build: deps
	$(BUILD)

test: PACKAGES += $(TEST_PACKAGES)
test: deps
	$(BUILD) --build-tests
	@# Test kernels under the lower instruction sets too. If the machine lacks one, the baseline runs again.
	for isa in baseline avx2; do ASSAY_ISA=$$isa $(KERNEL_TESTS) || exit 1; done
	@# Test kernels on an emulated processor without AVX. OPENBLAS_CORETYPE may name kernels that it cannot run.
	if command -v qemu-x86_64 >/dev/null; then \
	    env -u OPENBLAS_CORETYPE qemu-x86_64 -cpu Nehalem $(BUNDLE) --testing-library swift-testing --filter KernelsTests || exit 1; \
	fi
	swift test -c $(CONFIGURATION) --skip-build

KERNEL_TESTS := swift test -c $(CONFIGURATION) --skip-build --filter 'KernelsTests|ThreadsTests'
BUNDLE := .build/$(CONFIGURATION)/assayPackageTests.xctest

# Gives every reader 100,000 randomly damaged inputs. A failure is reported with its seed.
fuzz: deps
	$(BUILD) --build-tests
	ASSAY_FUZZ=100000 swift test -c $(CONFIGURATION) --skip-build --filter 'FuzzTests'

# Runs the kernel tests under the address sanitizer. (Valgrind 3.19 cannot read the debug information of Swift 6.3.)
sanitize: deps
	@# One test asks for a tensor larger than any memory, on purpose.
	ASAN_OPTIONS=allocator_may_return_null=1:detect_leaks=0 swift test -c $(CONFIGURATION) --sanitize address --scratch-path .build-sanitize --filter 'KernelsTests|ThreadsTests|TensorsTests'

# Plants faults in the program one by one. Its verification must find each.
mutants: deps
	$(BUILD) --product assay --scratch-path .build-mutants -Xswiftc -DMUTANTS
	Tests/mutants.sh .build-mutants/$(CONFIGURATION)/assay

# Checks every kernel of graph learning against the answers of other libraries: `make check-graphs CASES=DIR`.
CASES := Tests/CommandTests/Reference/graphs
check-graphs: build
	.build/$(CONFIGURATION)/assay check $(CASES)

lint:
	swift format lint --strict --recursive Package.swift Sources Tests

format:
	swift format --in-place --recursive Package.swift Sources Tests

# Prints nothing if nothing is missing. Without apt it says what to install.
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
	rm -rf .build .build-mutants
