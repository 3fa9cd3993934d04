# The commands of this repository. `make help` lists them.
#
# Files in .venv named ready* say that a step was done for the sources as they are, so that a
# second `make demo` runs neither pip nor Swift. PYTHON=... chooses the Python of .venv.

SHELL := /bin/bash
.DEFAULT_GOAL := help
MAKEFLAGS += --no-builtin-rules

PYTHON ?=
export PYTHON

IN_VENV := .venv/bin
READY := .venv/ready$(subst /,-,$(PYTHON))
# A process for each core; whole files need not stay together.
SIDE_BY_SIDE := -n auto --dist worksteal

SWIFT_FILES := $(wildcard Sources Tests Package.swift)
# zcgpu.h is set by hand, its enumeration macros are beyond clang-format, and so is zcav.h, a table.
C_FILES := $(filter-out %/zcav.h,$(shell find CBridge/native CBridge/CFlight CBridge/CColor CBridge/CAV examples/c tests_py/crash tests_py/va tests_py/video tests_py/vm -name "*.[ch]"))
# Folders are in the list for the files that go.
NATIVE := $(shell find Sources CBridge) $(shell find build_backend -name '*.py') Package.swift pyproject.toml

.PHONY: help setup demo test vm-test programs coverage asan tsan fuzz fuzz-text fuzz-video soak guards crashlab crashlab-page unguarded bench lint lint-swift lint-c lint-python format wheel clean

help: ## list these commands
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 22

setup: $(READY) ## install what is missing, build, and install into .venv

demo: $(READY) ## set up, then render every example shader into out/
	$(IN_VENV)/python examples/scripts/demo.py

test: $(READY)-test ## set up, then run Swift's tests and Python's
	scripts/swift-test
	$(IN_VENV)/python -m pytest $(SIDE_BY_SIDE)

crashlab: unguarded $(READY)-test ## build without guards, too, and run the crash laboratory on both
	$(IN_VENV)/python -m pytest $(SIDE_BY_SIDE) tests_py/crash $(if $(REPEAT),--repeat=$(REPEAT))

crashlab-page: unguarded $(READY)-test ## run the crash laboratory and write docs/crash-lab.md
	PYTHONPATH=tests_py $(IN_VENV)/python -m crash.table

unguarded: build/unguarded/ready build/crash/cue.so ## build the extension that only the crash laboratory uses

vm-test: unguarded $(READY)-test ## run the tests that need graphics cards, in a virtual machine
	scripts/vm-test

programs: $(READY)-test ## take 20,000 random steps through the whole API; prints its seed
	ZCGPU_STATEFUL_STEPS=20000 $(IN_VENV)/python -m pytest -s tests_py/test_programs.py

coverage: $(READY)-test ## measure which lines of video the tests reach; 85 % at least
	scripts/coverage

asan: $(READY)-test ## run the tests under AddressSanitizer
	scripts/sanitize address

tsan: $(READY)-test ## run the tests under ThreadSanitizer
	scripts/sanitize thread

fuzz: $(READY)-test ## call the C ABI two million times with anything
	export PYTHONPATH=tests_py:build_backend; \
	timeout 900 $(IN_VENV)/python -m abi.run --calls 500000 --threads 1 --rounds 50 && \
	timeout 900 $(IN_VENV)/python -m abi.run --calls 1500000 --threads 6 --rounds 100

fuzz-text: ## read shaders, sizes and logs that a coverage-guided fuzzer makes up (SECONDS=60)
	scripts/fuzz-text $(or $(SECONDS),60)

fuzz-video: $(READY)-test ## read, seek and decode video files that were damaged at random (SECONDS=60)
	PYTHONPATH=tests_py:build_backend $(IN_VENV)/python -m video.fuzz.run --seconds $(or $(SECONDS),60)

soak: $(READY) ## do everything many thousand times and look at what grows
	$(IN_VENV)/python benchmarks/soak.py

bench: $(READY) ## set up, then measure
	$(IN_VENV)/python benchmarks/run.py
	$(IN_VENV)/python -m benchmarks.video

guards: unguarded $(READY)-test ## measure what the guards cost
	$(IN_VENV)/python -m benchmarks.guards

lint: lint-swift lint-c lint-python ## check style and types, change nothing

lint-swift:
	swift format lint --recursive --parallel --strict $(SWIFT_FILES)

lint-c: $(READY)-lint
	$(IN_VENV)/clang-format --dry-run --Werror $(C_FILES)

lint-python: $(READY)-lint
	$(IN_VENV)/ruff check
	$(IN_VENV)/ruff format --check
	$(IN_VENV)/mypy

format: $(READY)-lint ## put every file into its form
	swift format --in-place --recursive --parallel $(SWIFT_FILES)
	$(IN_VENV)/clang-format -i $(C_FILES)
	$(IN_VENV)/ruff check --fix
	$(IN_VENV)/ruff format

wheel: $(READY)-wheel ## build a wheel for PyPI into dist/, and check it
	scripts/make-wheel

clean: ## remove whatever these commands made
	rm -rf .build .venv build dist out python/zcgpu/*.so

$(READY): $(NATIVE)
	scripts/setup
	@touch $@

build/unguarded/ready: $(READY) $(NATIVE) scripts/unguarded
	scripts/unguarded
	@touch $@

build/crash/cue.so: tests_py/crash/cue.c
	@mkdir -p $(@D)
	cc -shared -fPIC -O1 -Wall -Wextra -Werror -Wl,--no-as-needed -o $@ $< -lEGL

$(READY)-%: $(READY) pyproject.toml
	scripts/tools $*
	@touch $@
