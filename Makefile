# The two commands of the README are `make run` and `make test`. Everything a clean machine lacks, `make deps` installs.

PACKAGES := libopenblas-dev libgnuplot-iostream-dev gnuplot-nox
# What only the tests need: to look into the program, and to run it on a processor of twenty years ago.
TEST_PACKAGES := binutils $(if $(filter x86_64,$(shell uname -m)),qemu-user)
CONFIGURATION := release
# A module may import only what Package.swift says it may: imports go downward.
BUILD := swift build -c $(CONFIGURATION) --explicit-target-dependency-import-check error
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)

.PHONY: run test fuzz sanitize mutants lint format deps build clean

run: build
	.build/$(CONFIGURATION)/assay run quick

build: deps
	$(BUILD)

test: PACKAGES += $(TEST_PACKAGES)
test: deps
	$(BUILD) --build-tests
	@# Kernels under every instruction set that the machine has; one it lacks means the baseline again.
	for isa in baseline avx2; do ASSAY_ISA=$$isa $(KERNEL_TESTS) || exit 1; done
	@# And where AVX would end the program. What OpenBLAS is told to be may be more than this processor is.
	if command -v qemu-x86_64 >/dev/null; then \
	    env -u OPENBLAS_CORETYPE qemu-x86_64 -cpu Nehalem $(BUNDLE) --testing-library swift-testing --filter KernelsTests || exit 1; \
	fi
	swift test -c $(CONFIGURATION) --skip-build

KERNEL_TESTS := swift test -c $(CONFIGURATION) --skip-build --filter 'KernelsTests|ThreadsTests'
BUNDLE := .build/$(CONFIGURATION)/assayPackageTests.xctest

# Every reader with 100,000 inputs of its own that are damaged by chance; one that fails is told with its seed.
fuzz: deps
	$(BUILD) --build-tests
	ASSAY_FUZZ=100000 swift test -c $(CONFIGURATION) --skip-build --filter 'FuzzTests'

# Kernel tests with every access to memory checked by the compiler's instrumentation. (valgrind 3.19 cannot read what Swift 6.3 says to
# debuggers, and ends.)
sanitize: deps
	@# A tensor that no memory holds is asked for on purpose, and refused.
	ASAN_OPTIONS=allocator_may_return_null=1:detect_leaks=0 swift test -c $(CONFIGURATION) --sanitize address --scratch-path .build-sanitize --filter 'KernelsTests|ThreadsTests|TensorsTests'

# The same program with faults that are planted one by one: its verification must find each.
mutants: deps
	$(BUILD) --product assay --scratch-path .build-mutants -Xswiftc -DMUTANTS
	Tests/mutants.sh .build-mutants/$(CONFIGURATION)/assay

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
	rm -rf .build .build-mutants
