"""Drafts of mappings for real extracts: what must be guessed of them, and what must not."""

import tomllib
from pathlib import Path

import pytest

from answerable.chain.body import InputMistake
from answerable.chain.records.drafting import Draft, draft_mapping

pytestmark = pytest.mark.reference


def columns(draft: Draft) -> dict[str, str]:
    """The column of the file that each of the table is drafted from."""
    return {
        guess.what.removeprefix("columns."): guess.taken
        for guess in draft.guesses
        if guess.what.startswith("columns.")
    }


def test_emergency_calls(reference: Path) -> None:
    draft = draft_mapping(reference / "cad_alexandria_2025" / "week35.csv.gz")
    made = tomllib.loads(draft.text)
    assert (draft.table, made["covers"], made["provisional"]) == (
        "incidents",
        "2025-08",
        ["2025-08"],
    )
    # As in the mapping of these files that was written by hand and is held to a recount.
    assert columns(draft) == {
        "incident_id": "Master_Incident_Number",
        "received_at": "Incident_Start_Time",
        "first_grade": "Priority_Number",
        "channel": "Call_Reception",
        "first_dispatched_at": "Incident_Dispatch_Time",
        "first_arrived_at": "Incident_Arrival_Time",
        "closed_at": "Final_Closed_Time",
    }
    # 6 and 8 occur and are no grades; nothing says what kind of abuse a call is of.
    assert made["columns"]["first_grade"]["codes"] == {str(n): n for n in (1, 2, 3, 4)}
    assert "first_grade: 2 values have no meaning yet" in draft.undecided
    assert "strand: nothing here fills it, and incidents needs it" in draft.undecided
    assert made["columns"]["channel"]["codes"] == {}


def test_street_level_crime(reference: Path) -> None:
    folder = reference / "uk_police_street_west_mercia"
    draft = draft_mapping(folder / "2018-10-west-mercia-street.csv.gz")
    made = tomllib.loads(draft.text)
    assert (draft.table, made["covers"]) == ("crimes", "2018-10")
    found = columns(draft)
    assert found["crime_id"] == "Crime ID"
    assert found["offence_group"] == "Crime type"
    assert found["outcome_code"] == "Last outcome category"
    assert made["columns"]["recorded_on"] == "concat(\"Month\", '-01')"
    # One category of the file is spelled as one of ours; 'Violence and sexual offences' is not.
    assert made["columns"]["offence_group"]["codes"] == {"Public order": "public_order"}
    open_ = {question.partition(":")[0] for question in draft.undecided}
    assert {"strand", "recorded_on", "offence_group", "outcome_code"} <= open_


def test_outcomes(reference: Path) -> None:
    folder = reference / "uk_police_outcomes_2023_03"
    draft = draft_mapping(folder / "2023-03-bedfordshire-outcomes.csv.gz")
    assert draft.table == "crimes"
    assert columns(draft)["outcome_code"] == "Outcome type"
    codes = tomllib.loads(draft.text)["columns"]["outcome_code"]["codes"]
    # Spelled as the plain name of type 18 but for its punctuation; no other is.
    assert codes == {"Investigation complete; no suspect identified": 18}


def test_stop_and_search_is_no_table_of_ours(reference: Path) -> None:
    folder = reference / "uk_police_outcomes_2023_03"
    with pytest.raises(InputMistake, match="its columns are not those of any one table"):
        draft_mapping(folder / "2023-03-bedfordshire-stop-and-search.csv.gz")
