"""Webhooks: what carries a candidate is read, and nothing else becomes one."""

import pytest
from intake import ats_payloads as sent
from intake import events_sent as hooks

from service.errors import InvalidInput
from service.intake.events import NotACandidate, event_of
from service.usecases.candidates import read_batch, read_candidate


def code_of(reader, body, at="/candidates/3"):
    with pytest.raises(NotACandidate) as caught:
        read_candidate(body, reader, at)
    (error,) = caught.value.errors
    assert error["pointer"].rpartition("/")[0] == at
    return error["code"]


@pytest.mark.parametrize("body", hooks.CARRIED, ids=lambda body: body["action"])
def test_a_webhook_with_a_whole_candidate_is_read(reader, body):
    candidate = read_candidate(body, reader, "")

    assert (candidate.source, candidate.external_id, candidate.name) == ("greenhouse", "7", "Ben Invented")
    assert [piece.skill for piece in candidate.profile.evidence] == ["terraform"]


@pytest.mark.parametrize("body", hooks.DELETIONS + hooks.OTHERS, ids=str)
@pytest.mark.parametrize("form", [None, "greenhouse", "lever", "native"])
def test_no_other_webhook_becomes_a_candidate(reader, body, form):
    with pytest.raises(NotACandidate):
        read_candidate(body, reader, "", form)


@pytest.mark.parametrize("body", hooks.DELETIONS, ids=str)
def test_a_deletion_says_so_and_names_the_candidate(reader, body):
    assert code_of(reader, body) == "deletion_notice"
    assert event_of(body).ids[:1] == ["7"]


@pytest.mark.parametrize(
    ("action", "code"),
    [("ping", "ping"), ("offer_created", "not_a_candidate"), ("job_updated", "not_a_candidate"), ("job_deleted",
     "deletion_notice"), ("merge_candidate", "merge_notice"), ("candidateMerge", "merge_notice"), ("dance",
     "unknown_event"), ("update_candidate", "no_candidate_in_event"), ("CANDIDATE_DELETED", "deletion_notice"),
     ("candidate.anonymised", "deletion_notice"), ("GDPRDelete", "deletion_notice")],
)  # fmt: skip
def test_each_kind_of_webhook_has_its_code(reader, action, code):
    assert code_of(reader, {"action": action, "payload": {"id": 5}}) == code


@pytest.mark.parametrize("action", ["deleted", "candidate.erased", "merged", "ping"])
def test_a_notice_is_one_whatever_stands_beside_its_action(reader, action):
    """A system without an envelope names whom it deleted: they must not come back as a candidate."""
    assert code_of(reader, {"action": action, "id": "12", "name": "Bam"}) in ("deletion_notice", "merge_notice", "ping")


@pytest.mark.parametrize("form", ["greenhouse", "lever", "ashby"])
def test_a_webhook_may_carry_what_the_api_returns(reader, form):
    whole = sent.ALL[form][-1] if form != "greenhouse" else sent.GREENHOUSE
    body = {"greenhouse": {"action": "update_candidate", "payload": {"candidate": whole}},
            "lever": {"event": "candidateHired", "data": whole},
            "ashby": {"action": "candidateHire", "data": {"candidate": whole}}}[form]  # fmt: skip

    candidate = read_candidate(body, reader, "")
    assert candidate.source == form
    assert {piece.skill for piece in candidate.profile.evidence} == {
        piece.skill for piece in read_candidate(whole, reader, "").profile.evidence
    }


@pytest.mark.parametrize(
    "body",
    [{"external_id": "1", "name": "Ada", "action": "hired"}, {"name": "Ada", "type": "employee", "data": {"a": 1}},
     {"external_id": "1", "event": "fair", "data": {"a": 1}}, {"name": "Ada", "event": "fair"},
     {**sent.GREENHOUSE, "action": "update_candidate"}],
)  # fmt: skip
def test_a_candidate_with_a_field_like_that_of_a_webhook_is_one_all_the_same(reader, body):
    candidate = read_candidate(body, reader, "")

    assert candidate.source in ("native", "greenhouse")
    assert {"/action", "/type", "/event"} & {remark["pointer"] for remark in candidate.remarks}


def test_a_batch_keeps_the_order_of_webhooks_candidates_and_mistakes(reader):
    batch = read_batch([hooks.OTHERS[0], sent.NATIVE, 5, hooks.DELETIONS[0]], reader)

    assert [index for index, _ in batch.candidates] == [1]
    assert [row["index"] for row in batch.aside] == [0, 2, 3]
    assert [index for index, _ in batch.notices] == [0, 3]


def test_a_payload_without_an_action_is_no_webhook(reader):
    with pytest.raises(InvalidInput) as caught:
        read_candidate({"payload": {"id": 5}}, reader, "")
    assert not isinstance(caught.value, NotACandidate)
