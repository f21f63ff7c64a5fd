"""How a text is read, rule by rule: the words on the left, what they assert on the right."""

from datetime import date

import pytest

from answerable.chain.texts import Assertion, read_text


def the(text: str, said_on: date | None = None) -> Assertion:
    (found,) = read_text(text, said_on)
    return found


# Direction is that of the figure, not of its merit.
DIRECTIONS = [
    ("Response times improved.", "trend", "down"),
    ("Response times worsened.", "trend", "up"),
    ("Officers are getting to emergencies sooner than before.", "trend", "down"),
    ("Satisfaction improved.", "trend", "up"),
    ("Satisfaction has not improved.", "trend", "flat"),
    ("Attrition has crept up again.", "trend", "up"),
    ("The vacancy rate remained stable.", "trend", "flat"),
    ("Satisfaction is heading in the right direction.", "trend", "up"),
    ("Sickness is heading in the right direction.", "trend", "down"),
    ("Reports of stalking have gone from 1,100 to 1,640 in three years.", "trend", "up"),
    ("Arrests for domestic abuse: 2,415 (+6.2%)", "trend", "up"),
    ("Confidence in the police now stands at its lowest since records began.", "trend", "down"),
    ("Satisfaction is just below the target.", "target", "below"),
    ("Satisfaction met the target.", "target", "above"),
    ("Response times met the standard.", "target", "below"),
    ("Response times did not meet the standard in any quarter.", "target", "above"),
    ("Average response times are within target.", "target", "below"),
    ("None of the satisfaction targets had been met.", "target", "below"),
    ("Arrest rates are above the national average.", "comparison", "above"),
    ("The force is quicker than its peers to answer 999 calls.", "comparison", "below"),
    ("Compared with similar forces, arrests are low.", "comparison", "below"),
    ("Women are twice as likely as men to be repeat victims.", "comparison", "above"),
    ("The outcome rate is twice that of similar areas.", "comparison", "above"),
    ("Stalking reports are half as likely to end in a charge as others.", "comparison", "below"),
    ("Town recorded nearly three times as many arrests as Dales.", "comparison", "above"),
    ("Arrests are twice as many as last year.", "trend", "up"),
    ("The eastern division had the lowest charge rate.", "comparison", "below"),
    ("The district had the lowest charge rate since 2019.", "trend", "down"),
    ("No other force took longer to answer 101 calls.", "comparison", "above"),
    ("More than 500 arrests were made.", "count", "above"),
    ("Fewer than half of victims were satisfied.", "level", "below"),
]


@pytest.mark.parametrize(("text", "kind", "direction"), DIRECTIONS, ids=lambda v: v)
def test_direction(text: str, kind: str, direction: str) -> None:
    found = the(text)
    assert (found.kind, found.direction) == (kind, direction)


# Numbers in the order of the words, each with its unit.
NUMBERS = [
    ("Arrests rose from 480 to 512.", (480, 512), ("Arrests", "Arrests")),
    ("One in three victims was satisfied.", (1, 3), ("victims", "victims")),
    ("A third of victims were satisfied.", (0.3333,), ("victims",)),
    ("Arrests have doubled.", (2,), ("times",)),
    ("The backlog has been halved.", (0.5,), ("times",)),
    ("The Commissioner awarded £1.2m to refuges.", (1_200_000,), ("pounds",)),
    ("The charge rate was 7.5 per cent.", (7.5,), ("%",)),
    ("The charge rate fell by two percentage points.", (2,), ("percentage points",)),
    ("Officers made 1,204 arrests.", (1204,), ("arrests",)),
    ("Twenty-five officers were arrested.", (25,), ("officers",)),
    ("Two hundred and six arrests were made.", (206,), ("arrests",)),
    ("The median response time was 7m 25secs.", (7, 25), ("minutes", "seconds")),
    ("The typical response time is an hour and a half.", (1.5,), ("hours",)),
    ("The average response time is 10-15 minutes.", (10, 15), ("minutes", "minutes")),
    ("54% of 999 calls were answered within 10 seconds.", (54, 10), ("%", "seconds")),
    ("There were 38 arrests per 100 crimes.", (38,), ("arrests",)),
    ("Grade 1 response times rose by nine minutes in Q2 2023/24.", (9,), ("minutes",)),
]


@pytest.mark.parametrize(("text", "value", "unit"), NUMBERS, ids=[row[0] for row in NUMBERS])
def test_numbers(text: str, value: tuple[float, ...], unit: tuple[str, ...]) -> None:
    found = the(text)
    assert (found.value, found.unit) == (value, unit)


PERIODS = [
    ("Arrests rose in 2023/24.", "2023/24"),
    ("Arrests rose in the year to March 2024.", "2023-04..2024-03"),
    ("Arrests rose in Q2 2023/24.", "2023/24-Q2"),
    ("Arrests rose in May 2023.", "2023-05"),
    ("Arrests rose last year.", "last year"),
    ("Arrests rose over the last two years.", "the last two years"),
    ("Arrests rose from 480 in 2022/23 to 512 in 2023/24.", "2023/24"),
    ("Arrests rose.", ""),
]


@pytest.mark.parametrize(("text", "period"), PERIODS, ids=[row[0] for row in PERIODS])
def test_periods(text: str, period: str) -> None:
    assert the(text).period == period


def test_a_month_without_its_year_is_placed_by_the_day_of_the_text() -> None:
    said_on = date(2023, 12, 19)
    assert the("Panels will be launched in January.", said_on).period == "2024-01"
    assert the("Arrests rose in October.", said_on).period == "2023-10"
    assert the("Panels will be launched in January.").period == "January"


# What the words leave open, of what the kind needs.
LEFT_OPEN = [
    ("Response times are quicker.", ("measure", "period", "baseline", "area", "size")),
    ("Arrests in Telford rose by 12% on last year.", ("measure", "period")),
    ("The number of arrests in Telford rose in May 2023, from 480 to 512.", ()),
    ("Satisfaction is just below the target.", ("measure", "period", "area", "target")),
    ("The charge rate in Gwent was 9% in May 2023.", ()),
    ("Panels were launched in Gwent in May 2023.", ()),
    ("Panels have been launched.", ("period", "area")),
    ("Arrest rates are above the national average.", ("period", "area")),
]


@pytest.mark.parametrize(("text", "missing"), LEFT_OPEN, ids=[row[0] for row in LEFT_OPEN])
def test_what_is_left_open(text: str, missing: tuple[str, ...]) -> None:
    assert the(text).missing == missing


SPEAKERS = [
    ("The Temporary Chief Constable said that arrests had risen.", "Temporary Chief Constable"),
    ("The T/CC acknowledged that arrests had fallen.", "T/CC"),
    ("“Arrests have risen,” said Deputy Commissioner Ann Example.", "Deputy Commissioner"),
    ("Arrests have risen.", ""),
]


@pytest.mark.parametrize(("text", "speaker"), SPEAKERS, ids=[row[0] for row in SPEAKERS])
def test_who_is_said_to_have_said_it(text: str, speaker: str) -> None:
    assert the(text).speaker == speaker


# Each text holds these assertions, in these words.
DIVIDED = [
    (
        "Arrests rose by 4% in Telford but fell by 6% in Worcestershire.",
        ["Arrests rose by 4% in Telford", "fell by 6% in Worcestershire"],
    ),
    (
        "Arrests rose by 12 per cent and charges by 9 per cent.",
        ["Arrests rose by 12 per cent", "charges by 9 per cent"],
    ),
    (
        "Satisfaction was 76% in May. It fell to 73% in June.",
        ["Satisfaction was 76% in May", "It fell to 73% in June"],
    ),
    (
        "Officers made 512 arrests, a 7 per cent increase on last year.",
        ["Officers made 512 arrests", "a 7 per cent increase on last year"],
    ),
    (
        "She said: “I am pleased that arrests have increased, but there is more to do.”",
        ["arrests have increased"],
    ),
    (
        "AC3 The Chief Constable reported an increase in arrests.\nAC4 Noted.",
        ["an increase in arrests"],
    ),
    (
        "The number of arrests at No. 10 rose,\nas it did elsewhere, by 4.5 per cent.",
        ["The number of arrests at No. 10 rose,\nas it did elsewhere, by 4.5 per cent"],
    ),
    ("• Arrests: up 3%\n• Charges: down 2%", ["Arrests: up 3%", "Charges: down 2%"]),
    ("Arrest rate | 36.2% | 38.1%", []),
]


@pytest.mark.parametrize(("text", "pieces"), DIVIDED, ids=[row[0][:40] for row in DIVIDED])
def test_one_assertion_for_each_thing_asserted(text: str, pieces: list[str]) -> None:
    assert [each.text for each in read_text(text)] == pieces


# Beside others: places in a table, two figures of different places or people.
BESIDE_OTHERS = [
    ("The force is ranked 15th nationally for answering 999 calls.", "none"),
    ("The force has the longest response times in the country.", "above"),
    ("The arrest rate is one of the lowest in England and Wales.", "below"),
    ("Solved rates compare favourably with the rest of the region.", "above"),
    ("Eastmarch recorded an arrest rate of 45% against a force average of 38%.", "above"),
    ("Some 13% of suspects were charged, compared with 19% across England and Wales.", "below"),
    ("Satisfaction among disabled victims was 64%, against 79% for other victims.", "below"),
    ("It applies for more protection orders than most forces.", "above"),
]


@pytest.mark.parametrize(("text", "way"), BESIDE_OTHERS, ids=[row[0] for row in BESIDE_OTHERS])
def test_a_figure_is_set_beside_others(text: str, way: str) -> None:
    found = the(text)
    assert (found.kind, found.direction) == ("comparison", way)


# In line with a named standard, or made sure to be: a status of what is in line.
IN_LINE = [
    "The talk turned to the services that the PCC commissions and to ensuring they align with"
    " national best practice.",
    "All commissioned providers have been brought into line with the national quality standard.",
    "The specification of the service is in line with national guidance.",
]
NOT_IN_LINE = [
    "Services should be in line with national best practice.",
    "We want every service to meet the national quality standard.",
    "The service does not comply with national guidance if it closes.",
]


@pytest.mark.parametrize("text", IN_LINE)
def test_what_is_in_line_with_a_standard_is_a_status(text: str) -> None:
    found = the(text)
    assert (found.kind, found.measure_family) == ("status", "services")


@pytest.mark.parametrize("text", NOT_IN_LINE)
def test_what_should_be_in_line_is_no_status(text: str) -> None:
    assert read_text(text) == ()


# What was done with a thing, whatever the verb; not what somebody said or felt of it.
DONE = [
    ("Panic alarms have been fitted in homes at risk.", ["status"]),
    ("New guidance has been circulated to custody suites.", ["status"]),
    ("Bids are being evaluated.", ["status"]),
    ("The course would be in place by June 2025.", ["status"]),
    ("Charities have been consulted.", []),
    ("The panel discussed an extension which had been agreed.", []),
    ("There are no legal implications.", []),
    ("Around one-fifth were declined due to a lack of space.", ["level"]),
]


@pytest.mark.parametrize(("text", "kinds"), DONE, ids=[row[0] for row in DONE])
def test_what_was_done_with_a_thing(text: str, kinds: list[str]) -> None:
    assert [each.kind for each in read_text(text)] == kinds


# A share of so many, and numbers of what was counted before.
SHARES = [
    ("In 30 of the 45 cases we examined, a needs assessment was made.", ["level"], (30, 45)),
    ("410 of 520 staff are trained.", ["level"], (410, 520)),
    ("91% of emergencies were attended within target.", ["level"], (91,)),
    ("Callers waited, with an average answer time of 48 seconds.", ["level"], (48,)),
]


@pytest.mark.parametrize(("text", "kinds", "value"), SHARES, ids=[row[0] for row in SHARES])
def test_a_share_is_a_level(text: str, kinds: list[str], value: tuple[float, ...]) -> None:
    found = read_text(text)
    assert [each.kind for each in found] == kinds and found[0].value == value


# Words for a movement that only name something.
NAMED = [
    "The uplift programme was discussed.",
    "Members raised the length of time that victims wait for trial.",
    "Areas for improvement were listed by the inspectors.",
    "The Commissioner challenged the force to do better for victims of stalking.",
]


@pytest.mark.parametrize("text", NAMED)
def test_a_word_for_a_movement_may_only_name_something(text: str) -> None:
    assert [each for each in read_text(text) if each.kind == "trend"] == []


LEFT_ALONE = [
    "We hope to see quicker response times.",
    "Improving trust will take time.",
    "To reduce repeat victimisation, officers are focusing on prolific offenders.",
    "The Commissioner asked whether arrests had risen.",
    "Arrests may rise next year.",
    "Had officers attended sooner, arrests would have risen.",
    "The next meeting will be held on 12 March 2024 at 10.30am.",
    "Two people were arrested at the scene and remain in custody.",
    "For more information call 0800 123 4567.",
    "Under section 24 of the Act an order can last for up to 28 days.",
    "The minutes of the meeting of 4 September 2023 were agreed.",
    "Domestic abuse has a devastating effect.",
    "More needs to be done.",
    "Training is key to a better response.",
    "",
]


@pytest.mark.parametrize("text", LEFT_ALONE, ids=lambda text: text[:40] or "nothing")
def test_what_asserts_nothing_that_can_be_checked_is_left_alone(text: str) -> None:
    assert read_text(text) == ()


def test_every_assertion_says_which_words_led_to_it() -> None:
    found = the("Arrests in Telford rose by 12 per cent in 2023/24.")
    assert dict(found.because) == {
        "measure_family": "Arrests",
        "kind": "rose",
        "direction": "rose",
        "period": "2023/24",
    }
    assert found.area == "Telford"


def test_an_area_of_the_body_is_known_by_its_name() -> None:
    text = "Arrests rose on the wyre side of the county."
    assert read_text(text)[0].area == ""
    assert read_text(text, areas=["Wyre Side"])[0].area == "wyre side"
