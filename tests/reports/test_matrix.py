import io

from openpyxl import load_workbook
from reports.people import TITLES, make_rubric

from service.core.rubric import AtLeast
from service.reports import matrix, wording

ROWS = [
    ("python", "Python (production-grade)"),
    ("statistics", "Statistics and experimentation"),
    ("nobody", "Nobody asks"),
]
RUBRICS = [make_rubric(), make_rubric("data_scientist", "Data Scientist", skipped=("statistics",))]


def test_the_matrix_says_what_each_role_asks():
    frame = matrix.matrix_frame(ROWS, RUBRICS)

    assert list(frame.columns) == ["Skill", "ML Engineer", "Data Scientist"]
    assert frame.to_numpy().tolist() == [
        ["Python (production-grade)", "must", "must"],
        ["Statistics and experimentation", "nice", "–"],
        ["Nobody asks", "–", "–"],
    ]


def test_the_workbook_holds_matrix_criteria_and_markers():
    file = io.BytesIO()
    matrix.write_workbook(ROWS, RUBRICS, file, {"k8s": "Kubernetes"})
    book = load_workbook(file)

    assert book.sheetnames == ["Matrix", "All criteria", "Markers"]
    shown, criteria, markers = book.worksheets
    assert [cell.value for cell in shown[3]] == ["Python (production-grade)", "must", "must"]
    assert shown["B3"].fill.start_color.rgb == f"00{wording.REQUIREMENTS['must']}"
    assert "not asked" in shown["A1"].value
    assert criteria.max_row == 2 + len(TITLES) + len(TITLES) - 1
    kubernetes = next(row for row in criteria.iter_rows(values_only=True) if row[1] == "Kubernetes and containers")
    assert kubernetes == (
        *("ML Engineer", "Kubernetes and containers", "must", 2, 3, 4, 2, 5, "docker and Kubernetes"),
        *("The work needs Kubernetes and containers on most days.", "inferred"),
    )
    assert markers.max_row == 1 + 2 * 4
    assert [cell.value for cell in markers[2]][:5] == [
        *("ML Engineer", "junior", "Implements architectures that are already known", "junior.known_architectures", 0),
    ]


def test_expressions_read_as_words():
    nested = AtLeast(2, ("git", AtLeast(1, ("unit_testing", "tdd")), "review"))

    assert wording.expression_words("ci_cd") == "ci cd"
    assert wording.expression_words("ci_cd", {"ci_cd": "CI/CD"}) == "CI/CD"
    assert wording.expression_words(AtLeast(1, ("aws", "gcp"))) == "any of aws, gcp"
    assert wording.expression_words(AtLeast(2, ("docker", "k8s"))) == "docker and k8s"
    assert wording.expression_words(AtLeast(1, ("docker",))) == "docker"
    assert wording.expression_words(nested) == "at least 2 of git, (any of unit testing, tdd), review"
