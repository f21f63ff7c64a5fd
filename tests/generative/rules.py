"""Random rules within the dialect: whatever a person could write, and much that none would."""

from collections.abc import Mapping

from hypothesis import strategies as st

from answerable.chain.measures.spark.kinds import Kind

WORDS = ("", "a", "B", "charged", "no_crime", "it's", "100%", "É", "domestic_abuse", "999")
DAYS = ("2024-02-29", "2023-02-28", "2023-12-31", "2000-01-01")
MOMENTS = ("2024-02-29 23:59:59", "2023-10-29 01:30:00", "2024-03-31")
Texts = st.SearchStrategy[str]


class Rules:
    """Expressions over these columns, by what they give."""

    def __init__(self, kinds: Mapping[str, Kind]):
        self.columns = {
            name: [column for column, kind in kinds.items() if kind.name == name]
            for name in ("text", "whole", "double", "truth", "date", "moment")
        }
        self.codes = [column for column, kind in kinds.items() if kind.plain]

    def truth(self, depth: int = 2) -> Texts:
        """A condition."""
        made = [self._compared(depth), self._tested(), self._listed()]
        if self.columns["truth"]:
            made += [self._column("truth"), self._column("truth").map("{} is not true".format)]
        if depth:
            less = self.truth(depth - 1)
            made += [
                st.builds("({} {} {})".format, less, st.sampled_from(["and", "or"]), less),
                less.map("(not {})".format),
                st.builds("(case when {} then {} else {} end)".format, less, less, less),
                st.builds("coalesce({}, {})".format, less, less),
                st.builds("({} is {})".format, less, st.sampled_from(["true", "not false"])),
            ]
        return st.one_of(made)

    def number(self, depth: int) -> Texts:
        """A number, whole or not."""
        literal = st.sampled_from(["0", "1", "-3", "15", "0.5", "2.75", "1e0", "2147483647"])
        made = [literal]
        for name in ("whole", "double"):
            if self.columns[name]:
                made.append(self._column(name))
        if self.columns["date"]:
            day = self._column("date")
            made += [
                st.builds("{}({})".format, st.sampled_from(["year", "month", "day"]), day),
                st.builds("date_diff('day', {}, {})".format, day, day),
                st.builds("extract({} from {})".format, st.sampled_from(["isodow", "week"]), day),
            ]
        if self.columns["moment"]:
            at = self._column("moment")
            made.append(st.builds("date_diff('second', {}, {})".format, at, at))
        if self.columns["text"]:
            made.append(self.text(0).map("length({})".format))
        if depth:
            less = self.number(depth - 1)
            made += [
                st.builds("({} {} {})".format, less, st.sampled_from("+-*/"), less),
                st.builds("({} {} {})".format, less, st.sampled_from(["//", "%"]),
                          st.integers(1, 9)),
                less.map("(-({}))".format),
                less.map("abs({})".format),
                st.builds("{}({})".format, st.sampled_from(["round", "floor", "ceil"]), less),
                st.builds("{}({}, {})".format, st.sampled_from(["greatest", "least", "nullif"]),
                          less, less),
                st.builds("coalesce({}, {})".format, less, less),
            ]  # fmt: skip
        return st.one_of(made)

    def text(self, depth: int) -> Texts:
        made = [st.sampled_from(WORDS).map(_quoted)]
        if self.columns["text"]:
            made.append(self._column("text"))
        if depth:
            less = self.text(depth - 1)
            made += [
                st.builds("left({}, {})".format, less, st.integers(0, 4)),
                st.builds("substring({}, {}, {})".format, less, st.integers(1, 4),
                          st.integers(0, 3)),
                st.builds("replace({}, {}, {})".format, less, st.sampled_from(["'a'", "'-'"]),
                          st.sampled_from(["''", "'x'"])),
                st.builds("({} || {})".format, less, less),
                st.builds("concat({}, {})".format, less, less),
                less.map("trim({})".format),
                st.builds("split_part({}, '-', {})".format, less, st.integers(1, 3)),
            ]  # fmt: skip
            if self.codes:
                made.append(st.sampled_from(self.codes).map("upper({})".format))
        return st.one_of(made)

    def day(self) -> Texts:
        day = st.one_of(self._column("date"), st.sampled_from(DAYS).map("date '{}'".format))
        by = st.sampled_from(["day", "month", "year", "week"])
        return st.one_of(
            day,
            st.builds("({} + {})".format, day, st.integers(0, 400)),
            st.builds("({} - interval '{}' {})".format, day, st.integers(0, 13), by),
            st.builds("date_trunc('{}', {})".format, st.sampled_from(["month", "quarter"]), day),
        )

    def _column(self, name: str) -> Texts:
        return st.sampled_from(self.columns[name])

    def _compared(self, depth: int) -> Texts:
        sign = st.sampled_from(
            ["=", "<>", "<", "<=", ">", ">=", "is distinct from", "is not distinct from"]
        )
        pairs = [(self.number(depth), self.number(depth)), (self.text(depth), self.text(depth))]
        if self.columns["date"]:
            pairs += [(self.day(), self.day()), (self.day(), st.sampled_from(DAYS).map(_quoted))]
        if self.columns["moment"]:
            at = self._column("moment")
            pairs.append((at, st.sampled_from(MOMENTS).map(_quoted)))
        return st.one_of([st.builds("({} {} {})".format, a, sign, b) for a, b in pairs])

    def _tested(self) -> Texts:
        every = [column for columns in self.columns.values() for column in columns]
        tests = [
            st.sampled_from(every).map("({} is null)".format),
            st.sampled_from(every).map("({} is not null)".format),
        ]
        if self.columns["text"]:
            of, other = self._column("text"), st.sampled_from(WORDS).map(_quoted)
            tests += [
                st.builds("({} {} {})".format, of, st.sampled_from(["like", "not like"]),
                          st.sampled_from(["'%a%'", "'_'", "''", "'%\\%'", "'É%'"])),
                st.builds("{}({}, {})".format,
                          st.sampled_from(["contains", "starts_with", "ends_with"]), of, other),
            ]  # fmt: skip
        return st.one_of(tests)

    def _listed(self) -> Texts:
        number, word = self.number(0), st.sampled_from(WORDS).map(_quoted)
        made = [st.builds("({} between {} and {})".format, number, number, number)]
        for of, value in ((number, number), (self.text(1), word)):
            some = st.lists(st.one_of(value, st.just("null")), min_size=1, max_size=3)
            made.append(
                st.builds("({} {} ({}))".format, of, st.sampled_from(["in", "not in"]),
                          some.map(", ".join))
            )  # fmt: skip
        return st.one_of(made)


def _quoted(word: str) -> str:
    return "'" + word.replace("'", "''") + "'"


@st.composite
def rule(draw: st.DrawFn, rules: Rules, depth: int = 2) -> str:
    """A condition. (Its own name is short, where that of its parts runs to pages.)"""
    return draw(rules.truth(depth))
