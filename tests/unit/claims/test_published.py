"""Claims checked on results in hand, such as those that a page shows."""

from dataclasses import replace

from ledger import NOW, Ledger, define, noise, read, step

from answerable.chain.body import Body
from answerable.chain.claims import Published, VerdictKind, judge_reading
from answerable.chain.measures import Status


def ledger() -> Ledger:
    made = Ledger(define())
    made.fill("median", 2_640 + noise() + step(-360))
    return made


def test_results_in_hand_give_the_same_verdict(body: Body) -> None:
    made = ledger()
    inhand = Published(reversed(list(made.kept.values())), made.source)
    reading = read()
    assert judge_reading(reading, made.definition, inhand, body) == judge_reading(
        reading, made.definition, made, body
    )


def test_a_result_is_found_by_its_months_however_they_are_spelled() -> None:
    made = ledger()
    made.put("2023-Q3", "median", 2_300.0)
    inhand = Published(made.kept.values(), "x")
    found = inhand.one("wait", "median", period="2023-07..2023-09")
    assert found is not None and found.period == "2023-Q3"
    assert inhand.one("wait", "median", period="2023-08..2023-09") is None


def test_what_a_page_withholds_has_no_verdict_on_it(body: Body) -> None:
    made = ledger()
    shown = [
        replace(result, value=None, n=None, status=Status.SUPPRESSED)
        if result.period == NOW
        else result
        for result in made.kept.values()
    ]
    verdict = judge_reading(read(), made.definition, Published(shown, "x"), body)
    assert verdict.verdict == VerdictKind.CANNOT_TELL
    assert verdict.size is None and verdict.lower is None
    assert "minutes" not in verdict.sentence
