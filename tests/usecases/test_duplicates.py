"""Likely duplicates between two spreadsheets of different sources. Everybody here is invented."""

import pytest

HEADER = "Name,Email,Python,Company\n"


@pytest.fixture
def found(sent):
    """Import two rows, each a file of its own source; return the reason why they are likely one person, or None."""

    def found(one, other):
        sent(HEADER + one, ending=".csv", source="first")
        report = sent(HEADER + other, ending=".csv", source="second")
        assert report["counts"]["created"] == 1
        return next((row["likely_duplicates"][0]["reason"] for row in report["likely_duplicates"]), None)

    return found


@pytest.mark.parametrize(
    ("one", "other", "company"),
    [
        ("Ada Pemberlyn,,4,Acme", "Ada Pemberlyn,,3,Acme", "Acme"),
        ("Bea Quillfeather,,4,Acme", "BEA QUILLFEATHER,,3,acme", "acme"),
        ("Cy Rottenbacher,,4,Acme", '"Rottenbacher, Cy",,3,Acme', "Acme"),
        ("Zo\u00eb \u00c5ngstr\u00f6m,,4,Acme", "Zoe\u0308 A\u030angstro\u0308m,,3,Acme", "Acme"),
        ("Zo\u00eb Angstrom,,4,Acm\u00e9", "Zoe \u00c5ngstr\u00f6m,,3,Acme", "Acme"),
        ("Di Stavropolous,,4,Acme GmbH", "Di Stavropolous,,3,ACME", "ACME"),
        ("Di Stavropolous,,4,Acme Pvt Ltd", 'Dr. Di Stavropolous,,3,"Acme, Inc."', "Acme, Inc."),
        ("Di Stavropolous,d@a.example,4,Acme S.A.", "Di Stavropolous,d@b.example,3,Acme B.V.", "Acme B.V."),
    ],
)
def test_the_same_name_and_company_are_a_reason(found, one, other, company):
    assert found(one, other) == f"The same name, and both were with {company}."


@pytest.mark.parametrize(
    "other",
    [
        "gu+jobs@example.org", "mailto:gu@example.org", "Gu Vanterpool <gu@example.org>", "GU@EXAMPLE.ORG",
        "other@example.org; gu@example.org", "gu@example.org (private)", "mailto:Gu+x@example.org?subject=Job",
    ],
)  # fmt: skip
def test_the_same_mailbox_is_a_reason_whatever_the_name(found, other):
    assert found("Gu Vanterpool,gu@example.org,4,", f"G. V.,{other},3,") == "The same e-mail address."


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ada Pemberlyn,,4,", "Ada Pemberlyn,,3,"),
        ("Ada Pemberlyn,,4,Acme", "Ada Pemberlyn,,3,Mills"),
        ("Ada Pemberlyn,,4,Acme", "Ida Pemberlyn,,3,Acme"),
        ("Ada Pemberlyn,,4,Acme", "Ada Pemberlyn,,3,"),
        ("Ada Pemberlyn,a@example.org,4,", "Ada Pemberlyn,b@example.org,3,"),
    ],
)
def test_less_is_no_reason(found, one, other):
    assert found(one, other) is None
