"""Whatever the text, reading ends, and every offset is of that text."""

from hypothesis import given, settings
from hypothesis import strategies as st

from answerable.chain.texts import read_text

WORDS = (
    "arrests rose fell by 12% from 480 to 512 victim satisfaction the target below above in May"
    " 2023/24"
    " and , . ; : ( ) “ ” \" ' - – £1.2m 999 calls answered within 10 seconds PCC said that"
    " compared with"
    " other forces alongside increases in referrals to CPS will launch panels Q2 last year ? ! •"
    " \n \n\n"
    " one in three a third of doubled not should to improve than West Mercia Police’s AC3"
).split(" ")


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join) | st.text(max_size=300))
def test_offsets_slice_the_text_in_order(text: str) -> None:
    found = read_text(text)
    assert all(text[each.start : each.end] == each.text and each.text for each in found)
    assert [each.start for each in found] == sorted(each.start for each in found)
    assert len(set(found)) == len(found)
    assert all(len(each.value) == len(each.unit) for each in found)
    assert read_text(text) == found
