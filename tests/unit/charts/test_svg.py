"""A drawing says what its chart says, to those who see it and to those who do not."""

import re
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring

from answerable.chain.charts import STYLE, Bar, Stage, bars, draw, pathway
from answerable.chain.measures import shown
from answerable.chain.statistics import Chart, Rebase, p, xmr

NS = "{http://www.w3.org/2000/svg}"
STEADY = [2400.0, 2520, 2300, 2600, 2450, 2380, 2550, 2410, 2490, 2440, 2520, 2390]


def months(count: int) -> list[str]:
    return [f"{2021 + i // 12}-{i % 12 + 1:02d}" for i in range(count)]


def minutes(value: float) -> str:
    return shown(value, "seconds")


def drawn(chart: Chart, **options: object) -> Element:
    given = {"title": "T", "desc": "D", "show": minutes, "y_label": "Median", "ident": "c1"}
    return fromstring(draw(chart, **{**given, **options}))  # type: ignore[arg-type]


def words(svg: Element) -> str:
    return " ".join(part.text or "" for part in svg.iter(f"{NS}text"))


def shapes(svg: Element, css: str) -> list[Element]:
    return [part for part in svg.iter() if part.get("class") == css]


def steady(*more: float | None, **options: object) -> Chart:
    values = [*STEADY, *more]
    return xmr(months(len(values)), values, counts=False, **options)  # type: ignore[arg-type]


def test_it_is_an_image_with_a_title_and_a_description() -> None:
    svg = drawn(steady(), title="Time <to> reach", desc='"38" & more')
    assert svg.get("role") == "img" and svg.get("viewBox", "").startswith("0 0 440 ")
    assert svg.get("aria-labelledby") == "c1-title c1-desc"
    assert svg.findtext(f"{NS}title") == "Time <to> reach"
    assert svg.findtext(f"{NS}desc") == '"38" & more'


def test_nothing_in_it_runs_or_is_fetched() -> None:
    text = draw(
        steady(rebases=[Rebase("2021-09", "<script>alert(1)</script>")]),
        title="<script>", desc="</desc><script>", show=minutes, y_label="<a href='x'>", ident="c",
    )  # fmt: skip
    assert not re.search(r"<script|<a |<[^>]*href|url\(|@import|@font-face|<[^>]* on[a-z]+=", text)
    assert {tag.tag for tag in fromstring(text).iter()} <= {
        NS + name for name in ("svg", "title", "desc", "style", "rect", "path", "circle", "text")
    }
    with pytest.raises(ValueError, match="id of a drawing"):
        drawn(steady(), ident='x" onload="y')


def test_limits_centre_and_target_are_said_in_words() -> None:
    chart = steady(better="lower", target=3600)
    point = chart.points[-1]
    text = words(drawn(chart))
    assert point.lower and point.centre and point.upper
    assert f"centre: {minutes(point.centre)}" in text
    assert f"limits: {minutes(point.lower)} to {minutes(point.upper)}" in text
    assert "target: 1 hour" in text and "Jan 2021" in text and "Dec 2021" in text


@pytest.mark.parametrize(
    ("value", "better", "css", "meaning"),
    [
        (9000, "lower", "ac-worse", "worse"),
        (10, "lower", "ac-better", "better"),
        (9000, "neither", "ac-neutral", "high"),
        (10, "neither", "ac-neutral", "low"),
    ],
)
def test_a_signal_has_a_shape_of_its_own_and_is_explained(
    value: float, better: str, css: str, meaning: str
) -> None:
    svg = drawn(steady(value, better=better, freeze=12))
    marks = shapes(svg, css)
    assert [mark.tag for mark in marks] == [f"{NS}path"] * 2  # on the plot, and in the key
    assert len(shapes(svg, "ac-point")) == len(STEADY)
    assert all(mark.tag == f"{NS}circle" for mark in shapes(svg, "ac-point"))
    assert f"{meaning}, beyond ordinary variation" in words(svg)


def test_shapes_of_high_and_low_differ() -> None:
    high, low = (shapes(drawn(steady(v, freeze=12)), "ac-neutral")[0].get("d") for v in (9000, 10))
    assert high and low and re.sub(r"M\S+ \S+?l", "", high) != re.sub(r"M\S+ \S+?l", "", low)


def test_a_missing_point_is_a_gap_in_the_line_and_is_said() -> None:
    svg = drawn(steady(None, 2400, 2500))
    (line,) = shapes(svg, "ac-line")
    assert line.get("d", "").count("M") == 2
    assert "no figure, or one withheld" in words(svg)
    (whole,) = shapes(drawn(steady(2400, 2400, 2500)), "ac-line")
    assert whole.get("d", "").count("M") == 1


def test_a_rebase_is_a_rule_with_a_letter_and_its_reason() -> None:
    svg = drawn(steady(*STEADY, rebases=[Rebase("2022-01", "The clock starts at the call")]))
    assert len(shapes(svg, "ac-break")) == 1
    assert "A" in [part.text for part in svg.iter(f"{NS}text")]
    assert "from Jan 2022: The clock starts at the call" in words(svg)
    assert shapes(svg, "ac-line")[0].get("d", "").count("M") == 2
    assert shapes(svg, "ac-centre")[0].get("d", "").count("M") == 2


def test_limits_that_vary_are_steps_and_none_is_drawn_under_nothing() -> None:
    varying = p(months(12), [5, 9] * 6, [50, 90] * 6)
    upper = shapes(drawn(varying), "ac-limit")[-2].get("d", "")
    assert upper.count("V") == 11
    low = xmr(months(12), [1.5, 9.5] * 6)
    assert low.points[0].lower is not None and low.points[0].lower < 0
    assert "the lower would be under zero" in words(drawn(low, show=str))


def test_excluded_points_are_hollow() -> None:
    svg = drawn(steady(exclude=["2021-03"]))
    assert len(shapes(svg, "ac-out")) == 2
    assert "left out of the limits" in words(svg)


@pytest.mark.parametrize("values", [[], [None, None], [5.0], [0.0, 0.0], [7.0] * 20])
def test_series_with_little_in_them_are_still_drawings(values: list[float | None]) -> None:
    svg = drawn(xmr(months(len(values)), values))
    assert "nan" not in " ".join(part.get("d", "") for part in svg.iter())


def test_every_line_of_text_fits_its_drawing() -> None:
    long = "An unusually long reason that would never fit on a line of a telephone " * 2
    svg = drawn(steady(*STEADY, rebases=[Rebase("2022-01", long)]), y_label=long)
    assert max(len(part.text or "") for part in svg.iter(f"{NS}text")) <= 52
    height = float(svg.get("viewBox", "").split()[-1])
    assert max(float(part.get("y", "0")) for part in svg.iter(f"{NS}text")) < height


def test_without_its_own_style_the_page_has_it() -> None:
    chart = steady()
    given = {"title": "T", "desc": "D", "show": minutes, "y_label": "y", "ident": "c"}
    assert STYLE in draw(chart, **given)  # type: ignore[arg-type]
    assert "<style" not in draw(chart, **given, standalone=False)  # type: ignore[arg-type]
    used = set(re.findall(r'class="(ac[a-z-]*)"', draw(chart, **given)))  # type: ignore[arg-type]
    assert all(f".{name}" in STYLE for name in used)
    for media in ("prefers-color-scheme:dark", "forced-colors:active"):
        assert media in STYLE


def share(value: float) -> str:
    return shown(value, "share")


def test_bars_say_their_value_or_why_there_is_none() -> None:
    items = [Bar("Charged", 0.25, 0.2, 0.3), Bar("Clun & moor", None, note="withheld")]
    svg = fromstring(bars(items, title="T", desc="D", show=share, ident="b", most=1))
    assert [part.text for part in svg.iter(f"{NS}text")] == [
        "Charged", "25.0%", "Clun & moor", "withheld"
    ]  # fmt: skip
    (bar,) = shapes(svg, "ac-bar")
    assert float(bar.get("width", "")) == pytest.approx((440 - 24) / 4)
    assert len(shapes(svg, "ac-reach")) == 1
    with pytest.raises(ValueError, match="below it"):
        bars([Bar("x", -1)], title="T", desc="D", show=share, ident="b")


def test_a_pathway_says_what_was_lost_and_never_a_withheld_number() -> None:
    stages = [
        Stage("Offered", 200),
        Stage("Accepted", 150, (("declined", 50),)),
        Stage("Connected", None, (("link failed", None),)),
    ]
    svg = fromstring(
        pathway(stages, title="T", desc="D", show=lambda v: shown(v, "count"), ident="p")
    )
    text = words(svg)
    assert "↳ 50: declined" in text and "↳ a number withheld: link failed" in text
    assert [float(bar.get("width", "")) / 416 for bar in shapes(svg, "ac-bar")] == [1, 0.75]
