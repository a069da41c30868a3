"""Webhooks as Greenhouse, Lever and Ashby document them, and as others send them. Every person in them is invented."""

CANDIDATE = {"id": 7, "first_name": "Ben", "last_name": "Invented", "title": "Data Engineer", "tags": ["Terraform"],
             "email_addresses": [{"value": "ben@invented.example", "type": "work"}]}  # fmt: skip
PERSON = {"id": 7, "first_name": "Ben", "last_name": "Invented", "company": "Made Up Labs", "title": "Data Engineer"}


def greenhouse(action, **payload):
    return {"action": action, "payload": payload}


APPLICATION = {"id": 46194062, "status": "active", "candidate": CANDIDATE}

CARRIED = [
    *(greenhouse(action, application=APPLICATION) for action in (
        "new_candidate_application", "application_updated", "update_application", "new_prospect_application",
        "prospect_created", "candidate_stage_change", "hire_candidate", "unhire_candidate", "reject_candidate",
        "unreject_candidate",
    )),
    greenhouse("update_candidate", candidate=CANDIDATE),
]  # fmt: skip
"""Webhooks with a whole candidate: stored."""

DELETIONS = [
    greenhouse("delete_candidate", person={**PERSON, "deleted_application_ids": [1]}),
    greenhouse("delete_candidate", **PERSON),
    greenhouse("candidate_anonymized", candidate_id=7, anonymized_fields=["full_name"]),
    greenhouse("delete_application", application={"id": 46194062, "candidate_id": 7, "job_id": 371417}),
    greenhouse("delete_application", application={**APPLICATION, "candidate_id": 7}),
    {"event": "candidateDeleted", "triggeredAt": 1, "data": {"contactId": "7", "opportunityId": "o"}},
    {"action": "candidateDelete", "data": {"candidate": {"id": "7"}}},
    {"type": "candidate.erased", "timestamp": "2026-01-01T00:00:00Z", "data": {"candidate": {"id": "7"}}},
    {"event_type": "candidate_deleted", "data": {"id": 7}},
    {"event": "candidate.deleted", "id": 7, "data": None},
]
"""Webhooks that tell of a deletion around the candidate 7: nothing is stored, nothing erased."""

OTHERS = [
    greenhouse("offer_created", id=12345, application_id=234556, job_id=45678, notes="Python"),
    greenhouse("offer_deleted", offer={"id": 506406, "application_id": 46194062}),
    greenhouse("job_created", job={"id": 1, "name": "ML"}),
    greenhouse("merge_candidate", person={**PERSON, "new_candidate_id": 8}),
    greenhouse("interview_deleted", id=5, application_id=6),
    greenhouse("scorecard_deleted", id=5, interview={"id": 9}),
    greenhouse("ping", webhook="a"),
    greenhouse("candidate_teleported", application=APPLICATION),
    greenhouse("", application=APPLICATION),
    greenhouse(5, application=APPLICATION),
    greenhouse(None, candidate=CANDIDATE),
    greenhouse("update_candidate", candidate={"id": 7}),
    greenhouse("application_updated", application={"id": 46194062, "candidate_id": 7}),
    greenhouse("hire_candidate", id=46194062, first_name="Ben"),
    {"event": "candidateStageChange", "data": {"opportunityId": "o", "contactId": "7", "toStageId": "s"}},
    {"event": "candidateHired", "data": {"opportunityId": "o", "contactId": "7"}},
    {"event": "interviewCreated", "data": {"interviewId": "i", "id": "i"}},
    {"action": "ping", "data": {"webhookActionId": "w"}},
    {"action": "ping"},
    {"action": "offerCreate", "data": {"offer": {"id": "o", "candidateId": "7"}}},
    {"action": "applicationSubmit", "data": {"application": {"id": "a", "candidate": {
        "id": "7", "name": "Dag Invented", "primaryEmailAddress": {"value": "d@invented.example"},
        "primaryPhoneNumber": {"value": "555"}}}}},
    {"event_type": "job_published", "data": {"id": "j", "name": "ML"}},
    {"event": "candidate.deleted", "data": [CANDIDATE]},
    {"event": "candidate.created", "data": [CANDIDATE, CANDIDATE]},
    {"action": "merge_candidate", "payload": [PERSON]},
    {"type": "unheard.of", "data": {"id": "7", "name": "Ben"}},
    {"event": {"odd": True}, "data": {"id": "7", "name": "Ben"}},
]  # fmt: skip
"""Webhooks that carry no candidate, or tell of what is not known."""
