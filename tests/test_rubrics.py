"""The rubrics that are shipped say what the domain says; broken ones are refused by file, line and field."""

import re
import shutil
import subprocess
import sys

import pytest

from service import rubric_library
from service.core.rubric import SENIORITIES, kth_best, level_of
from service.errors import BrokenRubric, NotFound
from service.rubric_library import yaml_text

ROLES = {
    "ml_engineer": "ML Engineer",
    "data_scientist": "Data Scientist",
    "mlops_engineer": "MLOps Engineer",
    "ai_product_manager": "AI Product Manager",
    "ai_engineer": "AI Engineer",
    "data_engineer": "Data Engineer",
}
MATRIX = """
Python (production-grade)             | M  | N  | M  | -
ML frameworks (PyTorch / TensorFlow)  | M  | M  | N+ | -+
Statistics and experimentation        | N  | M  | -+ | N+
Kubernetes and containers             | M+ | -+ | M+ | -
CI/CD and automation                  | M+ | -+ | M+ | -
Cloud platforms (AWS / GCP / Azure)   | M  | N  | M  | -
SQL and data modeling                 | M  | M  | N+ | -+
System design                         | M+ | -+ | M+ | -
Business acumen                       | N  | N  | -+ | M
Stakeholder communication             | N  | M  | -+ | M
"""
"""The table of the sources: must, nice or not asked of the first four roles; + marks a cell that is inferred."""

MEANS = {"M": "must", "N": "nice", "-": None}
CELLS = [
    (row.split("|")[0].strip(), role, cell.strip().removesuffix("+"), cell.strip().endswith("+"))
    for row in MATRIX.strip().splitlines()
    for role, cell in zip(list(ROLES)[:4], row.split("|")[1:], strict=True)
]


def criteria(library):
    return [(rubric, criterion) for rubric in library.rubrics.values() for criterion in rubric.criteria]


# The rubrics that are shipped.


def test_there_are_six_roles(library):
    assert {role: rubric.title for role, rubric in library.rubrics.items()} == ROLES
    assert list(library.rubrics) == list(ROLES)


@pytest.mark.parametrize(("title", "role", "cell", "is_inferred"), CELLS)
def test_every_cell_of_the_matrix_is_as_the_domain_says(library, title, role, cell, is_inferred):
    asked = {criterion.title: criterion for criterion in library.get(role).criteria}.get(title)

    assert (asked.requirement if asked else None) == MEANS[cell]
    if asked:
        assert asked.provenance == ("inferred" if is_inferred else "source")


def test_the_matrix_asks_27_cells(library):
    titles = dict(library.matrix)
    asked = {role: [c.requirement for c in library.get(role).criteria if c.id in titles] for role in list(ROLES)[:4]}

    assert list(titles.values()) == list(dict.fromkeys(title for title, *_ in CELLS))
    assert {role: (kinds.count("must"), kinds.count("nice"), len(kinds)) for role, kinds in asked.items()} == {
        "ml_engineer": (7, 3, 10), "data_scientist": (4, 3, 7), "mlops_engineer": (5, 2, 7),
        "ai_product_manager": (2, 1, 3),
    }  # fmt: skip


def test_further_criteria_of_the_roles_in_the_matrix_are_no_musts(library):
    titles = dict(library.matrix)
    further = [c for role in list(ROLES)[:4] for c in library.get(role).criteria if c.id not in titles]

    assert further
    assert {criterion.requirement for criterion in further} == {"should", "nice"}


@pytest.mark.parametrize("role", ["ai_engineer", "data_engineer"])
def test_roles_without_a_source_say_so(library, role):
    rubric = library.get(role)

    assert rubric.provenance == "authored"
    assert {criterion.provenance for criterion in rubric.criteria} == {"authored"}
    assert {marker.provenance for marker in rubric.markers} == {"authored"}


@pytest.mark.parametrize(
    ("role", "counts", "provenance"),
    [
        ("ml_engineer", (3, 4, 4), "source"),
        ("data_scientist", (3, 4, 3), "source"),
        ("mlops_engineer", None, "authored"),
        ("ai_product_manager", None, "authored"),
    ],
)
def test_markers_are_those_of_the_source_or_authored(library, role, counts, provenance):
    rubric = library.get(role)
    found = tuple(len(rubric.markers_of(band)) for band in SENIORITIES)

    assert all(found)
    assert counts in (None, found)
    assert {marker.provenance for marker in rubric.markers} == {provenance}


def test_bands_begin_at_0_2_and_5_years(library):
    assert [rubric.bands for rubric in library.rubrics.values()] == [{"junior": 0, "mid": 2, "senior": 5}] * 6


def test_a_marker_has_one_meaning_in_all_roles(library):
    texts = {}
    for rubric in library.rubrics.values():
        for marker in rubric.markers:
            assert texts.setdefault(marker.id, marker.text) == marker.text


def test_every_criterion_has_its_sentences_and_a_provenance(library):
    for rubric, criterion in criteria(library):
        place = f"{rubric.role}.{criterion.id}"
        assert criterion.question.endswith("?"), place
        assert criterion.responsibility.endswith("."), place
        assert criterion.advice.endswith("."), place
        assert criterion.provenance in ("source", "inferred", "authored"), place
        assert len({criterion.question, criterion.responsibility, criterion.advice}) == 3, place


def test_every_title_names_its_own_criterion(library):
    for _, criterion in criteria(library):
        assert library.vocabulary.resolve(criterion.title) == criterion.id


def test_a_criterion_is_called_the_same_in_all_roles(library):
    ids = {}
    for _, criterion in criteria(library):
        assert ids.setdefault(criterion.title, criterion.id) == criterion.id


def test_the_vocabulary_knows_at_least_250_skills(library):
    assert len(library.vocabulary.skills) >= 250


def test_every_criterion_can_be_met_by_names_that_people_write(library):
    vocabulary = library.vocabulary
    for rubric, criterion in criteria(library):
        met = set()
        for skill in vocabulary.skills.values():
            if any(vocabulary.resolve(name) == skill.id for name in (skill.name, *skill.aliases)):
                met |= {skill.id, *vocabulary.implied[skill.id]}
        known = {skill: (50, 50) if skill in met else (0, 0) for skill in criterion.asked}
        assert level_of(criterion.skills, known, kth_best) == (50, 50), f"{rubric.role}.{criterion.id}"


def test_a_gate_is_never_above_what_a_junior_must_have(library):
    for _, criterion in criteria(library):
        if criterion.requirement == "must":
            assert 0 < criterion.gate <= criterion.required["junior"]
        else:
            assert criterion.gate is None


def test_required_levels_never_fall_and_rise_somewhere(library):
    for rubric in library.rubrics.values():
        levels = [[criterion.required[band] for band in SENIORITIES] for criterion in rubric.criteria]
        assert all(row == sorted(row) for row in levels)
        assert any(row[0] < row[2] for row in levels)


def test_full_points_sum_to_the_whole_for_every_role_and_seniority(library):
    for role in library.rubrics:
        for seniority in SENIORITIES:
            assert sum(library.table(role, seniority).full) == 10_000


def test_deployed_models_weigh_most_among_what_an_ml_engineer_should_have(library):
    shoulds = [c for c in library.get("ml_engineer").criteria if c.requirement == "should"]

    assert max(shoulds, key=lambda c: c.weight).id == "model_deployment"


def test_digests_differ_and_stay_the_same_from_load_to_load(library, root):
    again = rubric_library.load(root / "rubrics")

    assert again is not library
    assert len({rubric.digest for rubric in library.rubrics.values()}) == 6
    assert {r: rubric.digest for r, rubric in again.rubrics.items()} == {
        r: rubric.digest for r, rubric in library.rubrics.items()
    }


def test_signs_decide_what_is_read_and_are_no_part_of_a_digest(library, root, tmp_path):
    folder = copied(root, tmp_path / "rubrics")
    edit(folder / "roles" / "ml_engineer.yaml", ("        - build buy decision*|call|calls|choice*\n", ""))
    changed = rubric_library.load(folder)

    assert changed.rubrics["ml_engineer"].digest == library.rubrics["ml_engineer"].digest
    assert all(
        "signs" not in marker
        for band in library.rubrics["ml_engineer"].canonical["role"]["markers"].values()
        for marker in band
    )


def test_a_marker_of_several_roles_has_the_same_text_and_signs_in_all(library, root):
    said = {}
    for path in sorted((root / "rubrics" / "roles").glob("*.yaml")):
        for band, markers in yaml_text.load(path.read_text(encoding="utf-8"))["markers"].items():
            for marker in markers:
                told = (marker["text"], tuple(marker["signs"]))
                assert said.setdefault(f"{band}.{marker['id']}", told) == told, path.name
    assert said.keys() == library.marker_titles.keys()


def test_a_rubric_without_signs_is_read_as_before(root, tmp_path):
    folder = copied(root, tmp_path / "rubrics")
    for path in (folder / "roles").glob("*.yaml"):
        kept = re.sub(r"^      signs:\n(?:        - .*\n)+", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        path.write_text(kept, encoding="utf-8")

    assert set(rubric_library.load(folder).signs.values()) == {()}


def test_an_unknown_role_is_answered_with_those_there_are(library):
    with pytest.raises(NotFound) as caught:
        library.get("wizard")

    assert all(role in caught.value.detail for role in ROLES)


# Broken rubrics: a copy of the shipped ones with mistakes, as many at once as do not hide each other.


def edit(path, *changes):
    """Replace text in a file, once for each change: what to find must be there."""
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text, f"{path.name} does not say {old!r}"
        text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")


def block(path, id_, *changes):
    """Change one criterion of a role."""
    text = path.read_text(encoding="utf-8")
    found = re.search(rf"^  - id: {id_}\n(?:    .*\n)+", text, re.MULTILINE)
    changed = found[0]
    for old, new in changes:
        assert re.search(old, changed), f"{id_} does not say {old!r}"
        changed = re.sub(old, new, changed, count=1)
    path.write_text(text.replace(found[0], changed), encoding="utf-8")


def faults_of(folder):
    with pytest.raises(BrokenRubric) as caught:
        rubric_library.load(folder)
    return caught.value


def copied(root, folder):
    shutil.copytree(root / "rubrics", folder)
    return folder


@pytest.fixture(scope="module")
def misshapen(root, tmp_path_factory):
    """Rubrics whose files do not have the shape they must have."""
    folder = copied(root, tmp_path_factory.mktemp("misshapen") / "rubrics")
    ml = folder / "roles" / "ml_engineer.yaml"
    block(ml, "python", ("    weight: 8", "    wieght: 8"))
    block(ml, "ml_frameworks", ("requirement: must", "requirement: vital"))
    block(ml, "statistics", ("junior: 1", "junior: 7"))
    block(ml, "kubernetes", ("senior: 4", "senior: 2"))
    block(ml, "ci_cd", ("provenance: inferred", "provenance: guessed"))
    block(ml, "cloud", ("any_of", "one_of"))
    block(ml, "sql", ("question: .*", "question: ''"))
    block(ml, "systems_language", ("requirement: should", "requirement: should\n    gate: 2"))
    block(ml, "software_engineering", ("k: 2", "k: 4"))
    block(ml, "data_streaming", ("mid: 2", "mid: 2.55"))
    block(ml, "java", ("weight: .*", "weight: 2.5"))
    edit(ml, ("bands: {junior: 0, mid: 2, senior: 5}", "bands: {junior: 0, mid: 5, senior: 2}"))
    edit(ml, ("  senior:\n", "  wizard:\n"), ("        - implemented~ … known", "        - implemented~ … a known"))
    edit(folder / "roles" / "data_scientist.yaml", ("title: Data Scientist\n", "title: Data Scientist\ntitle: Again\n"))
    edit(folder / "roles" / "mlops_engineer.yaml", ("criteria:\n", "criteria: [\n"))
    (folder / "roles" / "ai_engineer.yaml").write_text("just a sentence\n", encoding="utf-8")
    (folder / "matrix.yaml").unlink()
    edit(
        folder / "policy.yaml",
        ("certified:\n    ceiling: 3", "certified:\n    ceiling: -1"),
        ("grace_months: 36", "grace_months: three"),
        ("{months: 84, level: 5}", "{months: 84, level: 1}"),
        ('  "expert": 5', '  "expert": 9'),
    )
    edit(folder / "skills.yaml", ("{id: r, name: R,", "{id: R!, name: R,"), ("{id: rust, name: Rust,", "{id: rust,"))
    (folder / "roles" / "data_engineer.yaml").write_bytes(b"role: \xff\n")
    return faults_of(folder), folder


@pytest.mark.parametrize(
    ("file", "field", "says"),
    [
        ("ml_engineer.yaml", "criteria.0.wieght", "Unknown field"),
        ("ml_engineer.yaml", "criteria.0.weight", "Missing data"),
        ("ml_engineer.yaml", "criteria.1.requirement", "must, should, nice"),
        ("ml_engineer.yaml", "criteria.2.required.junior", "from 0 to 5"),
        ("ml_engineer.yaml", "criteria.3.required.senior", "lower level"),
        ("ml_engineer.yaml", "criteria.4.provenance", "source, inferred, authored"),
        ("ml_engineer.yaml", "criteria.5.skills", "any_of"),
        ("ml_engineer.yaml", "criteria.6.question", "Shorter"),
        ("ml_engineer.yaml", "criteria.10.gate", "Only a must-have"),
        ("ml_engineer.yaml", "criteria.14.skills", "at_least"),
        ("ml_engineer.yaml", "criteria.13.required.mid", "at most one decimal"),
        ("ml_engineer.yaml", "criteria.19.weight", "integer"),
        ("ml_engineer.yaml", "bands", "more years"),
        ("ml_engineer.yaml", "markers.wizard", "junior, mid, senior"),
        ("ml_engineer.yaml", "markers.junior.0.signs.0", "articles are left out"),
        ("data_scientist.yaml", "", "title"),
        ("mlops_engineer.yaml", "", "not valid YAML"),
        ("ai_engineer.yaml", "role", "Missing data"),
        ("data_engineer.yaml", "", "not valid"),
        ("matrix.yaml", "", "cannot be read"),
        ("policy.yaml", "kinds.certified.ceiling", "from 0 to 5"),
        ("policy.yaml", "recency.grace_months", "integer"),
        ("policy.yaml", "words.expert", "from 0 to 5"),
        ("skills.yaml", "skills.1.id", "lower-case"),
        ("skills.yaml", "skills.3.name", "Missing data"),
    ],
)
def test_every_mistake_in_shape_is_named_by_file_and_field(misshapen, file, field, says):
    broken, _ = misshapen
    told = [error["detail"] for error in broken.errors if (error["file"], error["field"]) == (file, field)]

    assert told, [error for error in broken.errors if error["file"] == file]
    assert any(says in detail for detail in told)


@pytest.mark.parametrize(
    ("file", "field", "text"),
    [
        ("ml_engineer.yaml", "criteria.0.wieght", "    wieght: 8"),
        ("ml_engineer.yaml", "criteria.1.requirement", "    requirement: vital"),
        ("ml_engineer.yaml", "criteria.2.required.junior", "    required: {junior: 7, mid: 2, senior: 3}"),
        ("ml_engineer.yaml", "bands", "bands: {junior: 0, mid: 5, senior: 2}"),
        ("ml_engineer.yaml", "markers.wizard", "  wizard:"),
        ("data_scientist.yaml", "", "title: Again"),
        ("policy.yaml", "kinds.certified.ceiling", "    ceiling: -1"),
        ("policy.yaml", "words.expert", '  "expert": 9'),
    ],
)
def test_every_mistake_in_shape_is_named_by_line(misshapen, file, field, text):
    broken, folder = misshapen
    path = next(folder.rglob(file))
    lines = path.read_text(encoding="utf-8").splitlines()
    (line, *_) = [error["line"] for error in broken.errors if (error["file"], error["field"]) == (file, field)]

    assert lines[line - 1] == text


@pytest.fixture(scope="module")
def contradictory(root, tmp_path_factory):
    """Rubrics of the right shape that contradict themselves or the vocabulary."""
    folder = copied(root, tmp_path_factory.mktemp("contradictory") / "rubrics")
    ml = folder / "roles" / "ml_engineer.yaml"
    block(ml, "python", ("skills: python", "skills: pyhton"))
    block(ml, "statistics", ("id: statistics", "id: python"))
    block(ml, "kubernetes", ("gate: 2", "gate: 3"))
    edit(ml, ("    - id: owns_reliability\n", "    - id: build_or_buy\n"))
    edit(folder / "roles" / "data_engineer.yaml", ("role: data_engineer", "role: plumber"))
    edit(
        folder / "skills.yaml",
        ("aliases: [golang]", "aliases: [golang, rustlang]"),
        ("{id: scala, name: Scala, field: languages,", "{id: java, name: Scala, field: languages,"),
        ("aliases: [julialang], implies: [software_programming]", "aliases: [julialang], implies: [no_such_skill]"),
        (
            "{id: kotlin, name: Kotlin, field: languages, implies: [software_programming]}",
            "{id: kotlin, name: Kotlin, field: languages, implies: [swift]}",
        ),
        (
            "{id: swift, name: Swift, field: languages, implies: [software_programming]}",
            "{id: swift, name: Swift, field: languages, implies: [kotlin]}",
        ),
        ("aliases: [objc, obj c]", "aliases: [objc, '---']"),
    )
    return faults_of(folder), folder


@pytest.mark.parametrize(
    ("file", "field", "says", "text"),
    [
        ("ml_engineer.yaml", "criteria.0.skills", "'pyhton'", "    skills: pyhton"),
        ("ml_engineer.yaml", "criteria.2.id", "twice", "  - id: python"),
        ("ml_engineer.yaml", "criteria.3.gate", "junior", "    gate: 3"),
        ("ml_engineer.yaml", "markers", "'build_or_buy'", "markers:"),
        ("data_engineer.yaml", "role", "'plumber'", "role: plumber"),
        ("skills.yaml", "skills.3.aliases", "'rustlang'", "rustlang"),
        ("skills.yaml", "skills.7.id", "twice", "{id: java, name: Scala"),
        ("skills.yaml", "skills.8.implies", "'no_such_skill'", "no_such_skill"),
        ("skills.yaml", "skills.14.implies", "kotlin, swift", "{id: kotlin"),
        ("skills.yaml", "skills.16.aliases", "without letters", "'---'"),
    ],
)
def test_every_contradiction_is_named_by_file_line_and_field(contradictory, file, field, says, text):
    broken, folder = contradictory
    lines = next(folder.rglob(file)).read_text(encoding="utf-8").splitlines()
    found = [error for error in broken.errors if (error["file"], error["field"]) == (file, field)]

    assert any(says in error["detail"] for error in found), broken.errors
    assert text in lines[found[0]["line"] - 1]


def test_a_folder_without_rubrics_is_refused(tmp_path):
    broken = faults_of(tmp_path)

    files = {"policy.yaml", "matrix.yaml", "skills.yaml", "ambiguous_names.yaml", "roles"}
    assert {error["file"] for error in broken.errors} == files


def test_rubrics_that_leave_nothing_to_score_are_refused(root, tmp_path):
    folder = copied(root, tmp_path / "rubrics")
    edit(
        folder / "policy.yaml",
        ("parts: {required: 75, nice: 15, seniority: 10}", "parts: {required: 0, nice: 0, seniority: 0}"),
    )

    assert [(error["file"], error["field"]) for error in faults_of(folder).errors] == [("policy.yaml", "parts")]


def check(folder):
    command = [sys.executable, "-c", "from service.cli import main; main()", "rubrics", "check", str(folder)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60, cwd=folder)


def test_the_command_prints_every_mistake_and_exits_with_78(contradictory):
    broken, folder = contradictory
    done = check(folder)

    assert done.returncode == 78
    for error in broken.errors:
        assert f"{error['file']} line {error['line']}, {error['field']}: {error['detail']}" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_command_is_content_with_what_is_shipped(root):
    done = check(root / "rubrics")

    assert (done.returncode, done.stderr) == (0, "")
    assert "6 roles" in done.stdout
