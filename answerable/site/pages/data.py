"""Open data: every published figure, to take away."""

from collections.abc import Iterator

from django.utils.safestring import SafeString

from ..markup import folding_table, link, safe
from ..page import Page
from ..public import Public


def pages(public: Public) -> Iterator[Page]:
    rows = [
        (
            d.title,
            f"{len(public.shelf.of(d.key)):,}",
            _files(d.key),
        )
        for d in public.measures
    ]
    yield Page(
        "data/index.html",
        "data.html",
        "Open data",
        {
            "files": folding_table("Files for each measure", ("Measure", "Figures", "Files"), rows),
            "seals": public.release.seals,
        },
    )


def _files(key: str) -> SafeString:
    links = (
        link(f"{key}.csv", f"{key}.csv"),
        link(f"{key}.csv-metadata.json", "what its columns mean"),
        link(f"{key}.json", "JSON"),
        link(f"{key}.ods", "ODS"),
        link(f"{key}.xlsx", "Excel"),
    )
    return safe(" · ".join(links))
