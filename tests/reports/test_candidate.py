from service.reports.candidate import HEADER, criteria_frame, criteria_rows


def test_a_row_for_each_criterion_and_the_two_of_seniority(payload):
    result = payload["shortlist"][0]
    frame = criteria_frame(result)

    assert tuple(frame.columns) == HEADER
    assert len(frame) == len(result["criteria"]) == 14
    assert sum(round(points * 100) for points in frame["Points"]) == round(result["fit"] * 100)
    assert sum(round(points * 100) for points in frame["Of"]) == 10_000


def test_the_strongest_evidence_says_why(payload):
    result = payload["shortlist"][0]
    piece = {"kind": "rated", "skill": "python", "quote": "4.0"}
    first = result["criteria"][0]

    def why(*evidence):
        return criteria_rows({**result, "criteria": [{**first, "evidence": list(evidence)}]})[0][-1]

    assert why() == ""
    assert why(piece) == "rated, python: 4.0"
    assert why({**piece, "quote": ""}, piece, piece) == "rated, python (and 2 more)"
