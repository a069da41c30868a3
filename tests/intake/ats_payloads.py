"""Whole payloads as the systems document them. Every person in them is invented."""

GREENHOUSE = {
    "id": 53883394,
    "first_name": "Ada",
    "last_name": "Invented",
    "company": "Made Up Labs",
    "title": "Senior ML Engineer",
    "created_at": "2026-08-19T14:09:50.703Z",
    "updated_at": "2026-08-21T09:12:01.000Z",
    "last_activity": "2026-08-21T09:12:01.000Z",
    "is_private": False,
    "photo_url": None,
    "attachments": [{"filename": "cv.pdf", "url": "https://files.example/cv.pdf", "type": "resume"}],
    "application_ids": [69306314],
    "applications": [{"id": 69306314, "candidate_id": 53883394, "status": "active", "jobs": [{"id": 1, "name": "ML"}]}],
    "phone_numbers": [{"value": "555-0100", "type": "mobile"}],
    "addresses": [{"value": "1 Nowhere", "type": "home"}],
    "email_addresses": [{"value": "ada@invented.example", "type": "personal"}],
    "website_addresses": [],
    "social_media_addresses": [],
    "recruiter": {"id": 1, "name": "R. Cruiter"},
    "coordinator": None,
    "can_email": True,
    "tags": ["Python", "referral", "Kubernetes"],
    "educations": [{"id": 1, "school_name": "A School", "degree": "MSc", "discipline": "Physics",
                    "start_date": "2010-09-15T00:00:00.000Z", "end_date": "2014-05-15T00:00:00.000Z"}],
    "employments": [
        {"id": 1, "company_name": "Made Up Labs", "title": "Senior ML Engineer",
         "start_date": "2020-01-15T00:00:00.000Z", "end_date": None,
         "description": "<p>Deployed <b>PyTorch</b> models; serving 5 million requests.</p>"},
        {"id": 2, "company_name": "Elsewhere", "title": "Engineer",
         "start_date": "2016-02-01T00:00:00.000Z", "end_date": "2019-12-31T00:00:00.000Z"},
    ],
    "keyed_custom_fields": {
        "tech_stack": {"name": "Tech stack", "type": "long_text", "value": "Docker, Airflow (2 yrs)"},
        "sql": {"name": "SQL", "type": "single_select", "value": "4"},
        "years_of_experience": {"name": "Years of experience", "type": "number", "value": "9"},
        "notice": {"name": "Notice period", "type": "short_text", "value": "3 months"},
        "empty": {"name": "Kafka", "type": "short_text", "value": None},
    },
    "scorecards": [
        {"id": 5, "interviewed_at": "2026-09-01T10:00:00.000Z", "overall_recommendation": "yes",
         "attributes": [
             {"name": "System design", "type": "Skills", "rating": "strong_yes"},
             {"name": "Statistics", "type": "Skills", "rating": "mixed"},
             {"name": "Kafka", "type": "Skills", "rating": "no_decision"},
             {"name": "Kindness", "type": "Qualities", "rating": "yes"},
         ]},
    ],
}  # fmt: skip

GREENHOUSE_HOOK = {
    "action": "new_candidate_application",
    "payload": {
        "application": {
            "id": 1,
            "status": "active",
            "candidate": {
                "id": 7,
                "first_name": "Ben",
                "last_name": "Invented",
                "title": None,
                "external_id": None,
                "email_addresses": [{"value": "ben@invented.example", "type": "work"}],
                "tags": ["Terraform"],
                "employments": [
                    {"company_name": "Nowhere", "title": "Data Engineer", "start_date": "02/01/2018",
                     "end_date": "01/31/2021"},
                ],
                "custom_fields": {"skills": {"name": "Skills", "type": "multi_select", "value": ["SQL", "dbt"]}},
                "eeoc": {"gender": "female", "race": "none given"},
            },
        },
    },
}  # fmt: skip

LEVER = {
    "data": {
        "id": "250d8f03-738a-4bba-a671-8a3d73477145",
        "name": "Chi Invented",
        "headline": "Lead Data Scientist",
        "contact": "7f23e772-f2cb-4ebb-b33f-54b872999992",
        "emails": ["chi@invented.example"],
        "stage": "00922a60-7c15-422b-b086-f62000824fd7",
        "stageChanges": [],
        "location": "Nowhere",
        "phones": [{"type": "mobile", "value": "555-0101"}],
        "links": ["https://chi.invented.example"],
        "archived": None,
        "tags": ["PyTorch", "top talent"],
        "sources": ["linkedin"],
        "origin": "sourced",
        "owner": "x",
        "createdAt": 1407460071043,
        "lastInteractionAt": 1417588008760,
        "lastAdvancedAt": 1417587916150,
        "customFields": {"Python": "advanced", "Salary": "secret"},
        "resume": {
            "id": "r",
            "createdAt": 1407460071043,
            "parsedData": {
                "positions": [
                    {"org": "Made Up Labs", "title": "Data Scientist", "summary": "A/B testing in R.",
                     "start": {"timestamp": 1420070400000}, "end": {"timestamp": 1483228800000}},
                    {"org": "Elsewhere", "title": "Lead Data Scientist", "summary": "Mentored juniors.",
                     "start": {"month": 1, "year": 2017}, "end": None},
                    {"org": "Before", "title": "Analyst", "start": 1356998400000, "end": 1388534400000},
                ],
                "schools": [{"org": "A School", "degree": "BSc", "start": {"year": 2008}, "end": {"year": 2012}}],
            },
        },
    },
}  # fmt: skip

ASHBY = {
    "success": True,
    "results": {
        "id": "f9e52a51-a075-4116-a7b8-484deba69004",
        "createdAt": "2026-01-01T00:00:00.000Z",
        "name": "Dag Invented",
        "primaryEmailAddress": {"value": "dag@invented.example", "type": "Personal", "isPrimary": True},
        "emailAddresses": [],
        "phoneNumbers": [],
        "socialLinks": [{"type": "GitHub", "url": "https://github.com/python"}],
        "tags": [
            {"id": "1", "title": "MLflow", "isArchived": False},
            {"id": "2", "title": "Silver", "isArchived": False},
        ],
        "position": "Senior MLOps Engineer",
        "company": "Made Up Labs",
        "school": "A School",
        "applicationIds": ["a"],
        "resumeFileHandle": {"id": "r", "name": "cv.pdf", "handle": "h"},
        "fileHandles": [],
        "customFields": [
            {"id": "1", "title": "Skills", "value": ["Terraform", "Docker"]},
            {"id": "2", "title": "Kubernetes", "value": 3},
            {"id": "3", "title": "Team", "value": "Blue"},
        ],
        "profileUrl": "https://app.example/candidates/1",
        "source": {"id": "s", "title": "Applied"},
    },
}

HR_OPEN = {
    "documentId": {"value": "hr-9"},
    "person": {
        "name": {"given": "Eve", "family": "Invented", "formattedName": "Eve Invented"},
        "gender": "Female",
        "birthDate": "1990-01-01",
        "communication": {"email": [{"address": "eve@invented.example", "useCode": "personal"}]},
    },
    "profiles": [
        {
            "executiveSummary": "Proficient in SQL.",
            "employment": [
                {
                    "organization": {"name": "Made Up Labs"},
                    "positionHistories": [
                        {
                            "title": "Data Engineer",
                            "start": "2019-03",
                            "end": "2022-03",
                            "description": "Built Airflow pipelines.",
                        },
                        {"title": "Senior Data Engineer", "start": "2022-03", "current": True, "end": "2022-03"},
                    ],
                },
            ],
            "personCompetencies": [
                {"competencyName": "Spark", "proficiencyLevel": {"name": "advanced"}},
                {"competencyName": "Underwater basket weaving"},
            ],
            "certifications": [{"name": "AWS"}],
        },
    ],
}

REACTIVE_RESUME = {
    "basics": {"name": "Fay Invented", "headline": "ML Engineer", "email": "fay@invented.example"},
    "sections": {
        "summary": {"name": "Summary", "visible": True, "content": "<p>Familiar with <em>Rust</em> and Go.</p>"},
        "experience": {
            "items": [
                {"id": "1", "visible": True, "company": "Made Up Labs", "position": "ML Engineer",
                 "date": "Jan 2020 - Present", "summary": "<ul><li>Shipped a TensorFlow ranker.</li></ul>"},
                {"id": "2", "visible": False, "company": "Hidden", "position": "Java developer", "date": "2010 - 2019",
                 "summary": "<p>Java</p>"},
            ],
        },
        "projects": {"items": [{"id": "3", "visible": True, "name": "Toy", "date": "", "summary": "<p>Uses Docker.</p>",
                                "keywords": ["FastAPI"]}]},
        "skills": {
            "items": [
                {"id": "4", "visible": True, "name": "Python", "description": "", "level": 4, "keywords": []},
                {"id": "5", "visible": True, "name": "SQL", "description": "Advanced", "level": 1, "keywords": []},
                {"id": "6", "visible": True, "name": "Backend", "description": "", "level": 0, "keywords": ["Kafka"]},
            ],
        },
        "certifications": {"items": [{"id": "7", "visible": True, "name": "Terraform", "date": "2024"}]},
    },
    "metadata": {"template": "rhyhorn"},
}  # fmt: skip

JSON_RESUME_OLD = {
    "basics": {"name": "Gus Invented", "label": "Data Scientist", "picture": "", "email": "gus@invented.example",
               "website": "https://gus.invented.example", "summary": "Strong statistics."},
    "work": [{"company": "Made Up Labs", "position": "Data Scientist", "website": "", "startDate": "2015-01-01",
              "endDate": "2018-01-01", "summary": "Bayesian models in R.",
              "highlights": ["Deployed a churn model with Docker."]}],
    "volunteer": [{"organization": "Club", "position": "Webmaster", "startDate": "2012-01-01", "endDate": "2013-01-01",
                   "summary": "Kept a Django site."}],
    "skills": [{"name": "Programming", "level": "Master", "keywords": ["Python", "SQL"]}],
    "languages": [{"language": "English", "fluency": "Native"}],
    "interests": [{"name": "Rust", "keywords": ["Old cars"]}],
}  # fmt: skip

JSON_RESUME_NEW = {
    "$schema": "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json",
    "basics": {"name": "Hao Invented", "label": "Lead MLOps Engineer", "url": "https://hao.invented.example"},
    "work": [{"name": "Made Up Labs", "location": "Nowhere", "position": "MLOps Engineer", "startDate": "2020-05",
              "highlights": ["Rolled out Kubernetes for 40 teams."]}],
    "projects": [{"name": "Thing", "description": "A Terraform module.", "highlights": [], "keywords": ["GCP"],
                  "startDate": "2021-01", "endDate": "2021-06", "roles": ["Maker"], "type": "app"}],
    "certificates": [{"name": "CKA", "date": "2023-01-01", "issuer": "CNCF"}],
    "publications": [{"name": "On MLflow", "summary": "A text about MLflow.", "releaseDate": "2022-01-01"}],
}  # fmt: skip

NATIVE = {"external_id": "n-1", "name": "Ida Invented", "skills": {"Python": 4}}

ALL = {
    "greenhouse": [GREENHOUSE, GREENHOUSE_HOOK],
    "lever": [LEVER, LEVER["data"]],
    "ashby": [ASHBY, ASHBY["results"]],
    "hr_open": [HR_OPEN],
    "reactive_resume": [REACTIVE_RESUME],
    "json_resume": [JSON_RESUME_OLD, JSON_RESUME_NEW],
    "native": [NATIVE],
}
EACH = [(form, payload) for form, payloads in ALL.items() for payload in payloads]
