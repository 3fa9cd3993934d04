"""Writes docs/crash-lab.md: every scenario, run in both builds, and how each ended."""

from crash import laboratory
from crash.laboratory import ROOT, Outcome, Scenario

PAGE = ROOT / "docs" / "crash-lab.md"

HEAD = """\
# The crash laboratory

<!-- Written by `make crashlab-page`; the scenarios are in tests_py/crash/scenarios. -->

What ended a process, or silently showed somebody else's pixels, in the programs that zcgpu comes
after, each as a program of its own that runs twice: in the build that is shipped it ends well,
with right pixels, compared with numbers worked out by hand; without the guards it names it does
harm: a signal, wrong pixels, or a hang. An exception or an assertion of ours does not count.

```
make crashlab              all of it, each scenario {repeat} times in each build
make crashlab REPEAT=20    the same, 20 times
.venv/bin/python -m pytest tests_py/crash --unguarded=batch_reinit_50    one, to be seen
```

The guards are in one file, Sources/ZCCore/Guards.swift. Each is the constant `true` in the build
that is shipped; the laboratory has a build of its own (`make unguarded`), from which it takes
away those that a scenario names. With none taken away that build passes, too: so the harm comes of
the missing guard. It lies in `build/`, from which no wheel is made; a test looks into the wheel.

Pixels of (165, 165, 165, 165) are memory that nobody wrote to: the laboratory has the C library
fill what it gives out. Where threads meet, one is held inside a GL call by an EGL library of the
laboratory's own (tests_py/crash/cue.c) until the other has done its part: no luck is involved.

"""


TAIL = """
# What is not here

- **Release while the GPU reads, `WAIT_FAILED` taken for finished, a role dropped at submit.** In
  one context GL itself puts reads before later writes, and keeps what it still reads: without
  `fences` the role `gpu` is dropped at once, and every picture is right nevertheless (tried on
  llvmpipe with six frames under way). What fences protect is memory that crosses, and importing
  that wants a graphics card: tests_py/crash/machine has the scenario, which `make vm-test` runs
  in its machine: without `fences` the first picture is the fifth.
- **GEM handles of a shared descriptor.** There is no guard to take away: CBridge/CAV/display.c
  opens the device's node for libva alone, and knows no descriptor of EGL's.
- **A loss that nobody notices.** ANGLE's lost context draws on when nobody asks, so nothing is seen
  to go wrong (tried). tests_py/test_loss.py holds that it is told, `loss_then_drop` what follows.
- **Exit without closing.** There is no one guard behind it: finalisers call no driver at all.
  tests_py/test_lifetimes.py ends processes in every way.
- **Leaks** (a reference a frame, capsules without a destructor, 10,000 dropped textures) end no
  process: the census after every test, and `make soak`.
- **The output texture that is the persistent buffer.** Ours is a copy by construction, with no
  switch to take it away: tests_py/test_feedback.py.
- **Rendering with nothing initialised, a scene without a document:** there is no way to say it.
"""


def entry(scenario: Scenario, unguarded: Outcome, shipped: Outcome) -> str:
    """One scenario's part of the page."""
    return (
        f"## {scenario.name}\n\n{scenario.title}\n\n"
        f"- **The ancestors:** {scenario.ancestor}\n"
        f"- **Ours without `{scenario.without}`:** {unguarded}\n"
        f"- **Ours:** {shipped}\n"
    )


def main() -> None:
    """Run all, and write."""
    laboratory.build()
    entries = []
    for scenario in laboratory.scenarios():
        shipped = laboratory.run(scenario, unguarded=False)
        unguarded = laboratory.run(scenario, unguarded=True, without=scenario.without)
        assert shipped.ended == "well", f"{scenario.name}: {shipped}\n{shipped.output}"
        assert unguarded.is_harm, f"{scenario.name}: {unguarded}\n{unguarded.output}"
        entries.append(entry(scenario, unguarded, shipped))
    head = HEAD.format(repeat=laboratory.REPEAT)
    PAGE.write_text(head + "\n".join(entries) + TAIL, "utf-8")


if __name__ == "__main__":
    main()
