"""The site of an office that holds no records has nothing for axe, and names its evidence."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe

from answerable.chain.body import open_body
from answerable.site.server import server_for
from tests.spec.test_office_without_records import office_with_figures

from .conftest import PHONE
from .test_accessible import RULES

PAGES = (
    "index.html",
    "claims/fewer-late.html",
    "measures/orders.html",
    "measures/late.html",
    "counted/late.html",
    "left-out/index.html",
)


def test_figures_as_given_are_read_with_their_limits(browser: Any, tmp_path_factory: Any) -> None:
    import threading

    from answerable.cli.publish import publish_body

    folder = tmp_path_factory.mktemp("given")
    out = publish_body(open_body(office_with_figures(folder / "body")), folder / "site")
    server = server_for(out, 0)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    found, said = [], {}
    for path in PAGES:
        page.goto(f"http://127.0.0.1:{server.server_port}/{path}")
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        said[path] = page.inner_text("main")
        result = Axe().run(page, options=RULES)
        found += [
            (path, each["id"], [node["html"][:160] for node in each["nodes"][:3]])
            for each in result.response["violations"]
        ]
    context.close()
    server.shutdown()
    server.server_close()
    assert found == []
    assert (
        "Monthly totals, as they were given, without the records."
        in (said["claims/fewer-late.html"])
    )
    assert "no change can be told from ordinary variation" in said["measures/orders.html"]
    assert "Two figures" in said["measures/orders.html"]
    assert "These figures stood in papers" in said["left-out/index.html"]
    assert "By nobody" in said["counted/late.html"]
