"""What people do in a browser: the whole way from a file to a workbook, with and without JavaScript, by keyboard."""

import io
import json
import re

import openpyxl
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from serving import form
from web.browsing import SAMPLES

VIEWS = ("robustness", "questions", "must-haves", "elsewhere")
PAGES = (
    "/",
    "/shortlists/ml_engineer?seniority=senior",
    *(f"/shortlists/ml_engineer/{view}?seniority=senior" for view in VIEWS),
    "/heatmaps/ml_engineer?seniority=senior",
    "/roles",
    "/roles/data_engineer",
    "/nothing-here",
    "/login",
)


def upload(page, name="candidates.xlsx"):
    page.set_input_files("input[type=file]", SAMPLES / name)


def ranked(page):
    """Return the names of the ranking, as something to wait for."""
    return page.locator("#ranking td.who a")


def names(page):
    return [one.strip() for one in ranked(page).all_inner_texts()]


def downloaded(page, label):
    with page.expect_download() as waiting:
        page.locator(".downloads").get_by_role("link", name=label).click()
    return waiting.value


def candidate_path(pool, page):
    page.goto(f"http://127.0.0.1:{pool.port}/shortlists/ml_engineer?seniority=senior")
    return page.locator("#ranking td.who a").first.get_attribute("href")


def test_from_a_dropped_file_to_the_workbook_that_shows_the_same(tab, server):
    page = tab(server).go("/")
    upload(page)
    page.wait_for_url("**/uploads/**")
    assert page.locator("h1").inner_text() == "How candidates.xlsx is understood"
    expect(page.get_by_role("region", name="Columns that are understood")).to_contain_text("Level of Python")
    assert json.loads(server.get("/api/v1/candidates")[2])["total"] == 0, "nothing is stored before it is confirmed"
    page.get_by_role("button", name=re.compile("Import 60 people")).click()
    page.wait_for_url("**/imports/**")
    assert "Rows that cannot be read" in page.locator("main").inner_text()
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Download the rejected rows").click()
    assert waiting.value.suggested_filename.endswith(".xlsx")
    page.select_option("select[name=role]", "ml_engineer")
    page.select_option("select[name=seniority]", "senior")
    page.get_by_role("button", name="Show").click()
    page.wait_for_url("**/shortlists/ml_engineer**")
    shown = names(page)
    file = downloaded(page, "Excel")
    assert re.fullmatch(r"shortlist-ml_engineer-senior-\d{4}-\d\d-\d\d\.xlsx", file.suggested_filename)
    book = openpyxl.load_workbook(io.BytesIO(file.path().read_bytes()))
    rows = list(book["Shortlist"].iter_rows(values_only=True))
    name, id_ = rows[0].index("Name"), rows[0].index("ID")
    assert [row[name] or row[id_] for row in rows[1:]][: len(shown)] == shown
    assert len(shown) > 10


def test_a_slider_reranks_at_once_says_what_moved_and_is_reset(tab, pool):
    page = tab(pool).go("/shortlists/ml_engineer?seniority=senior")
    before = names(page)
    page.locator("summary", has_text="Weights").click()
    slider = page.locator("input[name^='w.']").first
    name = slider.get_attribute("name")
    with page.expect_response(re.compile(r"/shortlists/ml_engineer\?")) as answered:
        slider.fill("0")
    assert answered.value.request.headers["hx-request"] == "true"
    expect(page.locator("#ranking .notice")).to_contain_text("Other weights than the rubric’s")
    after = names(page)
    assert after != before
    expect(page, "the address can be sent to somebody").to_have_url(re.compile(re.escape(f"{name}=0")))
    lines = downloaded(page, "CSV")
    told = lines.path().read_text(encoding="utf-8-sig").splitlines()
    assert [after[0] in told[1], after[1] in told[2]] == [True, True]
    page.get_by_role("link", name="Reset").click()
    page.wait_for_url(re.compile(r"seniority=senior$"))
    expect(ranked(page)).to_have_text(before)


def test_filters_narrow_the_ranking_and_the_download(tab, pool):
    page = tab(pool).go("/shortlists/ml_engineer?seniority=senior")
    first = names(page)[0]
    page.locator("#text").fill(first)
    expect(ranked(page)).to_have_text([first])
    assert downloaded(page, "JSON").suggested_filename.endswith(".json")
    page.locator("#text").fill("nobody is called this")
    expect(page.locator("#ranking .empty")).to_be_visible()


def test_without_javascript_a_file_is_uploaded_viewed_and_downloaded(tab, server):
    page = tab(server, java_script_enabled=False).go("/")
    upload(page, "candidates.csv")
    page.get_by_role("button", name="Look at the file").click()
    page.get_by_role("button", name=re.compile("^Import")).click()
    page.get_by_role("button", name="Show").click()
    expect(ranked(page).first).to_be_visible()
    page.select_option("select[name=gate]", "pass")
    page.get_by_role("button", name="Show").click()
    expect(page).to_have_url(re.compile("gate=pass"))
    assert downloaded(page, "Excel").suggested_filename.endswith(".xlsx")


def test_the_whole_way_goes_by_keyboard(tab, pool):
    page = tab(pool).go("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    focus(page, "select[name=role]")
    page.keyboard.type("ML E")
    focus(page, "button[type=submit]:has-text('Show')")
    page.keyboard.press("Enter")
    page.wait_for_url("**/shortlists/**")
    focus(page, "#ranking td.pick input")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.locator("td.pick input:checked")).to_have_count(2)
    focus(page, "button:has-text('Compare the chosen')")
    page.keyboard.press("Enter")
    page.wait_for_url("**/compare**")
    assert page.locator("table.compare thead a").count() == 2
    page.locator("table.compare thead a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/candidates/**")


def focus(page, selector):
    """Press Tab until an element has the focus, as somebody without a mouse does; each stop has to be seen."""
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector.split(":has-text")[0]):
            wanted = re.search(r":has-text\('(.*)'\)", selector)
            if not wanted or wanted[1] in page.evaluate("document.activeElement.innerText"):
                return
    pytest.fail(f"{selector} was never reached")


def test_a_decision_is_kept_with_its_reason_and_goes_into_the_workbook(tab, pool):
    page = tab(pool).page
    page.goto(f"http://127.0.0.1:{pool.port}" + candidate_path(pool, page))
    who = page.locator("h1").inner_text()
    page.get_by_label("Hold").check()
    page.get_by_label("Reason").fill("Ask about Kubernetes first")
    page.get_by_label("Your name").fill("Dana Invented")
    page.get_by_role("button", name="Keep the decision").click()
    page.wait_for_url("**#decisions")
    said = "Put on hold for ML Engineer, senior: Ask about Kubernetes first"
    assert page.locator(".line li", has_text="Dana Invented").inner_text().endswith(said)
    page.get_by_label("Adjust the score by hand").check()
    page.get_by_label("Points, from").fill("-5")
    page.get_by_label("Reason").fill("Interview was weak")
    page.get_by_role("button", name="Keep the decision").click()
    expect(page.locator(".line li", has_text="Interview was weak")).to_be_visible()
    page.goto(f"http://127.0.0.1:{pool.port}/shortlists/ml_engineer?seniority=senior")
    assert "-5 by hand" in page.locator("#ranking tr", has_text=who).inner_text()
    book = openpyxl.load_workbook(io.BytesIO(downloaded(page, "Excel").path().read_bytes()))
    header, *rows = book["Shortlist"].iter_rows(values_only=True)
    row = dict(zip(header, next(row for row in rows if row[header.index("Name")] == who), strict=True))
    assert (row["Decision"], row["Decided by"], row["Adjusted by hand"]) == ("hold", "Dana Invented", -5)
    assert row["Adjusted fit"] == pytest.approx(row["Fit"] - 5)


def test_a_candidate_is_printed_on_two_pages_at_most(tab, pool):
    page = tab(pool).page
    page.goto(f"http://127.0.0.1:{pool.port}" + candidate_path(pool, page))
    sheets = re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4"))
    assert 1 <= len(sheets) <= 2


PAYLOADS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ 7*7 }}<svg onload=alert(1)>",
    "'-alert(1)-'",
    "javascript:alert(1)//",
)


STRONG = ("Python", "SQL", "PyTorch", "Kubernetes", "AWS", "CI/CD", "Spark", "scikit-learn", "System design")


def test_names_that_are_payloads_are_shown_as_text(tab, server):
    people = [
        {"external_id": f"x{n}", "name": name, "skills": {name: 3, **dict.fromkeys(STRONG, 5)}}
        for n, name in enumerate(PAYLOADS)
    ]
    server.post("/api/v1/candidates", people)
    mine = tab(server)
    page = mine.go("/shortlists/ml_engineer?seniority=mid&text=" + "x")
    paths = ["shortlists/ml_engineer?per_page=100&", "heatmaps/ml_engineer?"]
    paths += [f"shortlists/ml_engineer/{view}?" for view in ("robustness", "questions")]
    for path in (f"/{path}seniority=mid" for path in paths):
        text = mine.go(path).locator("main").inner_text()
        assert all(payload in text for payload in PAYLOADS), path
    mine.go("/shortlists/ml_engineer?seniority=mid&per_page=100")
    for payload in PAYLOADS:
        link = page.locator("#ranking td.who a", has_text=payload).first
        mine.go(link.get_attribute("href"))
        assert page.locator("h1").inner_text() == payload
        page.go_back()


def test_a_name_without_a_space_takes_no_table_apart(tab, server):
    server.post("/api/v1/candidates", [{"external_id": "long", "name": "X" * 150, "skills": dict.fromkeys(STRONG, 5)}])
    page = tab(server).go("/shortlists/ml_engineer?seniority=mid&text=xxx")
    gaps = page.locator("#ranking td.chips").bounding_box()
    assert gaps["x"] + gaps["width"] <= 1280, "all columns are in sight"
    assert gaps["height"] < 200


def test_a_word_without_a_space_takes_no_preview_apart(tab, server):
    page = tab(server, viewport={"width": 360, "height": 900}).go("/")
    table = b"Name,Skills\nAda Example," + b"X" * 120
    page.set_input_files("input[type=file]", {"name": "long.csv", "mimeType": "text/csv", "buffer": table})
    expect(page.locator("#main")).to_contain_text("Words that are no skill we know")
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


def test_from_the_shortlist_to_its_views_and_back_by_keyboard_with_the_weights_going_along(tab, pool):
    page = tab(pool).go("/shortlists/ml_engineer?seniority=senior&w.python=0")
    first = names(page)[:5]
    focus(page, ".views a:has-text('How sure?')")
    page.keyboard.press("Enter")
    page.wait_for_url("**/robustness?**w.python=0")
    assert [one.strip() for one in page.locator("table.sure td.who").all_inner_texts()][:5] == first
    focus(page, "input[name=k]")
    page.keyboard.type("3")
    page.keyboard.press("Enter")
    page.wait_for_url("**k=3**")
    assert "w.python=0" in page.url
    assert page.locator("table.sure thead th").nth(4).inner_text() == "Top 3"
    focus(page, ".views a:has-text('Ranking')")
    page.keyboard.press("Enter")
    page.wait_for_url("**/shortlists/ml_engineer?seniority=senior&w.python=0")


@pytest.mark.slow
@pytest.mark.parametrize("view", VIEWS)
def test_the_views_need_no_javascript(tab, pool, view):
    page = tab(pool, java_script_enabled=False).go(f"/shortlists/ml_engineer/{view}?seniority=senior")
    assert page.locator("main table tbody tr").count() >= 5
    page.select_option("select[name=role]", "data_engineer")
    page.get_by_role("button", name="Show").click()
    expect(page.locator("h1")).to_contain_text("Data Engineer, senior")
    assert f"/shortlists/data_engineer/{view}" in page.url


def test_without_javascript_another_role_does_not_take_over_the_weights(tab, pool):
    page = tab(pool, java_script_enabled=False).go("/shortlists/ml_engineer?seniority=senior&w.python=0")
    page.select_option("select[name=role]", "data_engineer")
    page.get_by_role("button", name="Show").first.click()
    expect(page.locator("h1")).to_contain_text("Data Engineer, senior")
    assert "w.python" not in page.url
    assert page.locator("#ranking .notice").count() == 0


def test_the_interview_sheet_comes_as_a_file(tab, pool):
    page = tab(pool).go("/shortlists/ml_engineer/questions?seniority=senior")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Interview sheet").click()
    assert re.fullmatch(r"interview-ml_engineer-senior-\d{4}-\d\d-\d\d\.xlsx", waiting.value.suggested_filename)


def test_what_would_change_it_is_worked_out_for_other_aims(tab, pool):
    page = tab(pool).page
    page.goto(f"http://127.0.0.1:{pool.port}/shortlists/ml_engineer?seniority=senior&page=2")
    ranked(page).first.click()
    page.get_by_label("A fit of").fill("90")
    page.get_by_role("button", name="Work it out").click()
    page.wait_for_url("**fit=90**")
    assert page.locator(".goal h3").all_inner_texts()[2] == "To reach a fit of 90"
    assert page.locator(".goal").nth(2).locator("li").count() > 3


@pytest.mark.slow
@pytest.mark.parametrize("width", [360, 1600])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_has_a_serious_flaw_for_people_with_aids(tab, pool, width, scheme):
    mine = tab(pool, viewport={"width": width, "height": 900}, color_scheme=scheme)
    paths = [*PAGES, candidate_path(pool, mine.page)]
    mine.go("/shortlists/ml_engineer?seniority=senior")
    ids = [box.get_attribute("value") for box in mine.page.locator("td.pick input").all()[:3]]
    paths.append("/compare?role=ml_engineer&seniority=senior&" + "&".join(f"id={id_}" for id_ in ids))
    paths.append(waiting(pool, messy(8, legend=False)))
    imported = json.loads(pool.get("/api/v1/imports")[2])["imports"][0]["id"]
    paths += [f"/imports/{imported}", f"/imports/{imported}/undo"]
    for path in paths:
        page = mine.go(path)
        for fold in page.locator("details").all():
            fold.evaluate("one => { one.open = true }")
        found = Axe().run(page).response["violations"]
        serious = [
            (one["id"], [node["html"][:120] for node in one["nodes"]][:3])
            for one in found
            if one["impact"] in ("serious", "critical")
        ]
        assert serious == [], path
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), (
            f"{path} is wider than {width}"
        )


SKILLS = ("Python", "SQL", "PyTorch", "Kubernetes", "AWS", "Spark", "Docker", "MLOps")
LEGEND = "+ = weak, ++ = ok, +++ = strong"
BEST = 5


def messy(people, *, legend=True):
    """Return a workbook as teams keep them: a title, perhaps a legend, teams between the people, an average below.

    Of the people, the last are the best.
    """
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Skills of our people, autumn 2026"])
    sheet.append([LEGEND if legend else None])
    sheet.append(["Name", "E-mail", "Location", *SKILLS])
    for number in range(people):
        if number % 50 == 0:
            sheet.append([f"Team {number // 50 + 1}"])
        signs = ["+++"] if number >= people - BEST else ["+", "++", None]
        levels = [signs[(number + place) % len(signs)] for place in range(len(SKILLS))]
        sheet.append([f"Person{number} Example", f"person{number}@example.org", "Berlin", *levels])
    sheet.append(["Average", None, None, *[1.4] * len(SKILLS)])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def waiting(server, content, name="messy.xlsx"):
    """Upload a file on the page; return the address where it waits."""
    body, kind = form(content, name)
    return server.ask("POST", "/uploads", body, {"Content-Type": kind})[1]["Location"]


@pytest.mark.parametrize("legend", [True, False])
def test_a_messy_workbook_takes_five_clicks_to_the_right_shortlist(tab, server, legend):
    page = tab(server).go("/")
    clicks = 1  # to choose the file
    name = f"legend-{legend}.xlsx"
    page.set_input_files("input[type=file]", {"name": name, "mimeType": "", "buffer": messy(200, legend=legend)})
    page.wait_for_url("**/uploads/**")
    expect(page.locator("#scorable")).to_contain_text(f"Scorable after this: {200 if legend else 0} of 200")
    while count := page.locator("article.question:not(.answered)").count():
        page.locator("article.question:not(.answered)").first.get_by_role("radio").first.click()
        expect(page.locator("article.question:not(.answered)")).to_have_count(count - 1)
        clicks += 1
    expect(page.locator("#scorable")).to_contain_text("Scorable after this: 200 of 200")
    page.get_by_role("button", name="Import 200 people").click()
    page.get_by_role("button", name="Show").click()
    assert clicks + 2 <= 5
    expect(page.locator("#ranked")).to_contain_text("ranked")
    assert set(names(page)[:BEST]) == {f"Person{number} Example" for number in range(195, 200)}


def test_without_javascript_a_question_is_answered_and_the_answer_changed(tab, server):
    page = tab(server, java_script_enabled=False).go(waiting(server, messy(8, legend=False)))
    question = page.locator("article.question").first
    question.get_by_role("radio").first.check()
    question.get_by_role("button", name="Answer").click()
    expect(page).to_have_url(re.compile("#question-"))
    expect(question).to_contain_text("answered")
    expect(question.get_by_role("radio").first).to_be_checked()
    expect(page.locator("#scorable")).to_contain_text("8 of 8")
    question.get_by_label("What +++ counts as").select_option("unknown")
    question.get_by_label("What ++ counts as").select_option("unknown")
    question.get_by_role("button", name="Use these levels").click()
    expect(page.locator("#scorable")).not_to_contain_text("8 of 8")
    expect(page.locator("article.question").first.get_by_label("What ++ counts as")).to_have_value("unknown")


def test_a_file_that_cannot_be_read_is_explained_on_a_page(tab, server, tmp_path):
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"PK\x03\x04 not a workbook")
    page = tab(server).go("/")
    page.set_input_files("input[type=file]", broken)
    expect(page.locator("main")).to_contain_text("What to do next")
    expect(page.locator("body")).not_to_contain_text("Traceback")


def test_a_file_over_the_limit_is_refused_before_it_is_sent(tab, server, tmp_path):
    large = tmp_path / "large.csv"
    with large.open("wb") as file:
        file.truncate(40 * 2**20)
    page = tab(server).go("/")
    page.set_input_files("input[type=file]", large)
    page.wait_for_selector(".wrong:visible")
    assert "too large" in page.locator(".wrong").inner_text()


@pytest.mark.slow
def test_a_lost_connection_is_said(tab, pool):
    mine = tab(pool)
    page = mine.go("/shortlists/ml_engineer?seniority=senior")
    page.context.set_offline(True)
    page.locator("#text").fill("a")
    page.wait_for_selector("#lost:visible")
    mine.complaints.clear()  # the browser itself says that it is offline
