"""The live engine over time, and the traps that its narrow path keeps it out of.

Each runs in a process of its own: several of the traps end it.
"""

import subprocess
import sys
import textwrap
from pathlib import Path

ROOT = Path(__file__).parents[2]

START = """
import resource, sys
from durable.engine import Host
class Quiet(Host):
    def _run(self):
        pass
def rules(count, act=lambda c: None):
    made = {"sentinel": {"all": [{"m": {"kind": "oro"}}], "run": act}}
    for n in range(count):
        made[f"r{n}"] = {"all": [{"m": {"$and": [{"kind": "oro"}, {f"f{n}": "ja"}]}}], "run": act}
    return made
def host(count, act=lambda c: None):
    made = Quiet()
    made.set_rulesets({"x": rules(count, act)})
    return made
"""


def run(code: str, *, warnings: str = "default") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", warnings, "-c", textwrap.dedent(code)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=150,
        check=False,
    )


def test_memory_is_flat_over_twenty_thousand_classifications() -> None:
    found = run(
        """
        import resource
        from adapters.rulesfile import load
        from rules.engines.durable import Durable
        from rules.engines.situation import Situation
        rules = load().ruleset.all_rules
        names = sorted(load().ruleset.indicators)
        live = Durable(rules)
        def loop(times):
            for n in range(times):
                picked = names[n % 40 : n % 40 + n % 9]
                live.fire(Situation(dict.fromkeys(picked, True), {"alder": n % 19}))
            return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        before = loop(2_000)
        print(loop(20_000) - before)
        """
    )

    assert found.returncode == 0, found.stderr
    assert int(found.stdout) < 2_000


def test_replacing_the_rules_a_hundred_times_gives_the_memory_back() -> None:
    found = run(
        """
        import resource
        from adapters.rulesfile import load
        from rules.engines.durable import Durable
        from rules.engines.situation import Situation
        rules = load().ruleset.all_rules
        def swap(times):
            for _ in range(times):
                live = Durable(rules)
                live.fire(Situation({"hotbild": True}, {}))
                live.retire()
            return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        before = swap(20)
        print(swap(100) - before)
        """
    )

    assert found.returncode == 0, found.stderr
    assert int(found.stdout) < 4_000


def test_the_library_bears_sixty_four_branches_at_once_and_not_one_more() -> None:
    found = run(
        START
        + """
for count in (63, 64, 65, 80):
    made = host(count)
    made.assert_fact("x", {"kind": "oro", "sid": "1"})
    made.delete_state("x", "1")
    try:
        made.assert_fact("x", {"kind": "oro", "sid": "1", **{f"f{n}": "ja" for n in range(count)}})
        print(count, "ok")
    except Exception as error:
        print(count, "303" in str(error))
"""
    )

    assert found.stdout.splitlines() == ["63 ok", "64 ok", "65 True", "80 True"]


def test_the_library_lets_branches_wait_as_they_are_counted_here() -> None:
    found = run(
        """
        from durable.engine import Host
        from rules.engines.encoding import Comparison, most_at_once
        class Quiet(Host):
            def _run(self):
                pass
        for first, second in ((40, 24), (40, 25), (40, 26)):
            rows = [(Comparison(f"a{n}", None, "ja"), Comparison(f"b{m}", None, "ja"))
                    for n in range(first) for m in range(second if n == 0 else 1)]
            rules = {"sentinel": {"all": [{"m": {"kind": "oro"}}], "run": lambda c: None}}
            for number, (a, b) in enumerate(rows):
                when = {"$and": [{"kind": "oro"}, {a.field: "ja"}, {b.field: "ja"}]}
                rules[f"r{number}"] = {"all": [{"m": when}], "run": lambda c: None}
            made = Quiet()
            made.set_rulesets({"x": rules})
            made.assert_fact("x", {"kind": "oro", "sid": "1"})
            made.delete_state("x", "1")
            worst = {test.field: "ja" for row in rows for test in row}
            least = dict(sorted(worst.items()))
            most = dict(sorted(worst.items(), reverse=True))
            borne = []
            for fact in (least, most):
                try:
                    made.assert_fact("x", {"kind": "oro", "sid": "1", **fact})
                    borne.append(True)
                except Exception as error:
                    assert "303" in str(error), error
                    borne.append(False)
                made.delete_state("x", "1")
            print(most_at_once(rows), all(borne))
        """
    )

    assert found.returncode == 0, found.stderr
    borne = dict(line.split() for line in found.stdout.splitlines())
    assert borne == {"63": "True", "64": "True", "65": "False"}


def test_a_library_fault_is_followed_by_right_answers() -> None:
    found = run(
        """
        from rules.engines import durable
        from rules.engines.durable import Durable, EngineFault
        from rules.level import Level
        from rules.language.rule import Rule
        from rules.engines.situation import Situation
        from rules.language.syntax import Answered
        live = Durable([Rule("r", Level.RED, Answered("a"), because="x")])
        right = durable.encode
        for n in range(3_000):
            durable.encode = lambda network, situation: {"f0": float("inf")}
            try:
                live.fire(Situation({"a": True}, {}))
            except EngineFault:
                pass
            durable.encode = right
            assert live.fire(Situation({"a": True}, {})) == {"r"}
            assert live.fire(Situation({"a": False}, {})) == set()
        print("ok")
        """
    )

    assert (found.returncode, found.stdout.strip()) == (0, "ok"), found.stderr


def test_without_the_sentinel_an_unmatched_fact_is_an_exception_and_with_it_an_outcome() -> None:
    found = run(
        START
        + """
made = Quiet()
bare = rules(1)
del bare["sentinel"]
made.set_rulesets({"bare": bare, "guarded": rules(1)})
try:
    made.assert_fact("bare", {"kind": "oro", "sid": "1"})
except Exception as error:
    print(type(error).__name__)
made.assert_fact("guarded", {"kind": "oro", "sid": "1"})
made.delete_state("guarded", "1")
print("ok")
sys.stdout.flush()
"""
    )

    assert found.stdout.split() == ["MessageNotHandledException", "ok"]


def test_the_library_hides_an_exception_in_an_action_which_is_why_ours_do_nothing() -> None:
    found = run(
        START
        + """
def fails(c):
    raise RuntimeError("i regeln")
state = host(0, fails).assert_fact("x", {"kind": "oro", "sid": "1"})
print("exception" in state)
"""
    )

    assert found.stdout.strip() == "True"


def test_a_default_host_starts_threads_and_ours_none() -> None:
    found = run(
        START
        + """
import threading
host(1)
print(threading.active_count())
Host()
print(threading.active_count() > 1)
import os
sys.stdout.flush()
os._exit(0)
"""
    )

    assert found.stdout.split() == ["1", "True"]


def test_the_library_takes_words_for_numbers_which_is_why_facts_are_typed_before() -> None:
    found = run(
        START
        + """
fired = []
made = Quiet()
when = [{"m": {"$and": [{"kind": "oro"}, {"$gte": {"n": 3}}]}}]
made.set_rulesets({"x": {"r": {"all": when, "run": lambda c: fired.append("r")}}})
made.assert_fact("x", {"kind": "oro", "sid": "1", "n": "5"})
print(fired)
"""
    )

    assert found.stdout.strip() == "['r']"
