"""Which written forms name which skill, in the vocabulary that is shipped, and which must name none."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.rubric_library import yaml_text
from service.skills.vocabulary import LONGEST_NAME, Skill, Vocabulary, normalise

ROOT = Path(__file__).resolve().parents[2]
POSTINGS = ROOT.parent / "shared" / "data" / "vocab" / "ai_engineer_skill_frequencies.csv"


def entries():
    return yaml_text.load((ROOT / "rubrics" / "skills.yaml").read_text(encoding="utf-8"))["skills"]


def shipped():
    return Vocabulary(
        Skill(e["id"], e["name"], e["field"], tuple(e.get("aliases", ())), tuple(e.get("implies", ())))
        for e in entries()
    )


@pytest.fixture(scope="session")
def vocabulary():
    return shipped()


WRITTEN = {
    "python": "Python|PYTHON|python|Python3|Python 3|Python 3.11|python3.11|Python-3.12|Python (production-grade)|"
    "Python (primary)|basic python|Python programming|experience with Python|Production Python|Python 3.x|Python v3|"
    "Proficient in Python|5+ years of Python|Python (3.11)|Python  |\u200bPython|Ｐｙｔｈｏｎ|Python™|Python.|"
    "Python programming language|Python (programming language)|hands-on experience with Python|Python 2.7",
    "r": "R|r|R language|R programming|Rstats|R 4.2",
    "go": "Go|golang|GoLang|Go programming language|Go 1.22",
    "rust": "Rust",
    "cpp": "C++|c++|cpp|C ++|C++17|C++ 20|Modern C++|c plus plus",
    "c": "C|C language|C programming|ANSI C",
    "csharp": "C#|c#|C Sharp|C♯|C #",
    "fsharp": "F#",
    "dotnet": ".NET|.net|.NET Core|dot net|.NET 8",
    "asp_net": "ASP.NET|ASP .NET|ASP.NET Core",
    "java": "Java|Core Java|Java 17|Java8|Java SE",
    "javascript": "JavaScript|Javascript|JS|ES6|Java Script",
    "typescript": "TypeScript|Typescript",
    "nodejs": "Node.js|NodeJS|node js|Node-JS|NODE.JS",
    "react": "React|React.js|ReactJS|React JS|react.js",
    "vue": "Vue.js|Vue|VueJS|Vue 3.4",
    "nextjs": "Next.js|NextJS|Next JS",
    "angular": "Angular|AngularJS|Angular 17",
    "bash": "Bash|Shell scripting",
    "systems_language": "Systems language|A systems language (Go, Rust or C++)",
    "ml_frameworks": "ML frameworks (PyTorch / TensorFlow)|ML frameworks|Machine learning frameworks",
    "pytorch": "PyTorch|pytorch|Pytorch|torch|Py-Torch|PyTorch 2.3",
    "tensorflow": "TensorFlow|Tensorflow|tensor flow|TF|TensorFlow 2.15|TensorFlow™",
    "keras": "Keras",
    "jax": "JAX",
    "scikit_learn": "scikit-learn|scikit learn|Scikit_Learn|Scikit-Learn|sklearn|SKLearn|SciKit-learn|sk-learn",
    "xgboost": "XGBoost|XG Boost|xgboost",
    "pandas": "pandas|Pandas",
    "numpy": "NumPy|numpy",
    "pyspark": "PySpark|Py Spark",
    "spark": "Spark|Apache Spark|SparkSQL|Spark SQL",
    "ray": "Ray",
    "statistics": "Statistics and experimentation|Statistics & experimentation|Statistics|statistical analysis|"
    "Experimentation|applied statistics|Statistics and probability",
    "hypothesis_testing": "hypothesis testing|Hypothesis tests",
    "ab_testing": "A/B testing|A/B tests|AB testing|a/b-testing|A / B testing|Designing A/B tests",
    "bayesian_methods": "Bayesian methods|Bayesian statistics",
    "regression_analysis": "Regression|linear regression",
    "kubernetes": "Kubernetes and containers|Kubernetes & containers|Kubernetes|K8s|k8s (kubernetes)|Kubernetes 1.29",
    "containers": "Containers|containerization|Containerisation",
    "docker": "Docker|docker containers",
    "eks": "EKS|AWS EKS|Amazon EKS",
    "helm": "Helm|Helm charts",
    "ci_cd": "CI/CD|CI-CD|CI / CD|ci cd|CICD|CI/CD and automation|CI/CD pipelines|Continuous Integration",
    "github_actions": "GitHub Actions|Github actions",
    "gitlab_ci": "GitLab CI|GitLab CI/CD|Gitlab-CI",
    "jenkins": "Jenkins",
    "argo_cd": "ArgoCD|Argo CD",
    "cloud": "Cloud platforms (AWS / GCP / Azure)|Cloud platforms|Cloud|cloud computing",
    "aws": "AWS|Amazon Web Services|aws (Amazon Web Services)|experience with AWS",
    "gcp": "GCP|Google Cloud|Google Cloud Platform|Google Cloud Platform (GCP)",
    "azure": "Azure|Microsoft Azure|MS Azure",
    "sagemaker": "SageMaker|AWS SageMaker|Amazon SageMaker|Sage Maker",
    "vertex_ai": "Vertex AI|GCP Vertex AI|VertexAI|Google Vertex AI",
    "azure_ml": "Azure ML|Azure Machine Learning|AzureML",
    "aws_lambda": "Lambda|AWS Lambda|Lambda (AWS)",
    "s3": "S3|AWS S3|Amazon S3",
    "sql": "SQL|SQL and data modeling|SQL & data modelling|T-SQL|Advanced SQL|SQL queries",
    "data_modeling": "data modeling|Data Modelling",
    "plsql": "PL/SQL|PLSQL|pl sql",
    "postgresql": "PostgreSQL|Postgres|postgres 16",
    "sql_server": "SQL Server|MS SQL Server|MSSQL|SQL Server 2019",
    "nosql": "NoSQL|NoSQL databases",
    "mongodb": "MongoDB|Mongo",
    "snowflake": "Snowflake",
    "bigquery": "BigQuery|Google BigQuery|Big Query",
    "databricks": "Databricks",
    "kafka": "Kafka|Apache Kafka",
    "flink": "Flink|Apache Flink",
    "airflow": "Airflow|Apache Airflow",
    "dbt": "dbt|DBT|dbt (data build tool)",
    "etl": "ETL|ELT|ETL/ELT",
    "terraform": "Terraform|HashiCorp Terraform",
    "infrastructure_as_code": "IaC|Infrastructure as Code|Infrastructure-as-Code (IaC)",
    "monitoring": "Monitoring|Monitoring & alerting|System monitoring (Prometheus, Grafana)",
    "prometheus": "Prometheus",
    "ml_monitoring": "Model monitoring|ML monitoring|drift detection|Watching models in production",
    "evidently": "Evidently|Evidently AI",
    "mlflow": "MLflow|MLFlow|ML Flow",
    "wandb": "Weights & Biases|Weights and Biases|W&B|wandb",
    "mlops": "MLOps|ML Ops|ML-Ops",
    "machine_learning": "Machine Learning|ML|AI/ML|machine-learning",
    "deep_learning": "Deep Learning|deep-learning|neural networks",
    "nlp": "NLP|Natural Language Processing|Natural Language Processing (NLP)|Language processing",
    "computer_vision": "Computer Vision|computer-vision|Image and video recognition",
    "llm": "LLM|LLMs|Large Language Models (LLMs)|large language model",
    "rag": "RAG|RAG (Retrieval-Augmented Generation)|Retrieval Augmented Generation (RAG)",
    "prompt_engineering": "Prompt Engineering|prompt-engineering",
    "fine_tuning": "fine-tuning|Fine tuning|Finetuning",
    "ai_agents": "AI agents|Agentic AI|multi-agent systems",
    "langchain": "LangChain|Lang Chain|LangChain 0.21",
    "mcp": "MCP|Model Context Protocol (MCP)",
    "vector_databases": "Vector databases|vector DBs|VectorDBs|vector search",
    "hugging_face": "Hugging Face|HuggingFace",
    "generative_ai": "Generative AI|GenAI|Gen-AI",
    "tableau": "Tableau",
    "power_bi": "Power BI|PowerBI|Power-BI|MS Power BI",
    "data_visualization": "Data visualization|data visualisation|Charts and dashboards",
    "product_management": "Product management|Running a product",
    "roadmapping": "Roadmaps|product roadmap",
    "business_acumen": "Business acumen|business knowledge|Business understanding",
    "stakeholder_communication": "Stakeholder communication|stakeholder management",
    "system_design": "System design|systems design|System-Design",
    "communication": "Communication skills|excellent communication skills",
    "analytical_skills": "Analytical skills|strong analytical skills|problem-solving",
    "linux": "Linux|Unix|Linux/Unix",
    "rest_api": "REST API|REST APIs|RESTful APIs",
    "git": "Git",
}

FORMS = [(form, skill) for skill, forms in WRITTEN.items() for form in forms.split("|")]


@pytest.mark.parametrize(("form", "skill"), FORMS, ids=[form for form, _ in FORMS])
def test_a_written_form_names_its_skill(vocabulary, form, skill):
    assert vocabulary.resolve(form) == skill


def test_the_table_is_large_enough():
    assert len(set(FORMS)) >= 200


FALSE_FRIENDS = [
    "", " ", "\u200b", "...", "#", "+", "++", "/", "()", "&", "%", "★★★★", "plus plus", "sharp",
    "net", "NET", "Networking event", "Javanese", "Pythonic", "Cobalt", "Gopher", "Goal", "Cats", "Sparkling water",
    "Vitamin C", "USB-C", "C-level", "C-suite", "Plan C", "C/O", "A/C", "R2", "R&D", "R-squared", "Ray-Ban", "X-ray",
    "Go-live", "Go/No-Go", "Good to go", "Let's go", "Projects", "logo", "Excellence", "Reaction", "Dockers",
    "no Python", "No experience with Python", "not SQL", "without AWS", "never used Docker", "limited Python",
    "wants to learn Go", "Python or Java", "Python SQL", "Python, SQL", "C4", "3", "2019", "5 years", "Years", "Level",
    "Python years", "Years of Python", "Python (years)", "Python (yrs)", "Python level", "Python %", "Python (%)",
    "Python (0-10)", "Python (4)", "Python: 4", "Python - 3", "Python (3)", "Python 4", "Python 0", "Python 4/5",
    "Python 80%", "Python 3/10", "Python (no)", "Python - none", "Python (not used)", "Python advanced",
    "Python (advanced)", "Python basics", "Python 5 years",
    "programming", "language", "skills", "experience", "knowledge", "development", "agents", "tools", "automation",
    "testing", "logging", "rest", "beam", "express", "dash", "chef", "comet", "neptune", "node", "next", "access",
    "word", "teams", "project", "glue", "vertex", "triton", "streaming", "None", "n/a", "yes", "unknown",
]  # fmt: skip


@pytest.mark.parametrize("text", FALSE_FRIENDS)
def test_a_false_friend_names_nothing(vocabulary, text):
    assert vocabulary.resolve(text) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("C", "C++"), ("C", "C#"), ("C++", "C#"), ("F#", "F"), (".NET", "NET"), ("A/B", "A"), ("C+", "C"),
        ("Node.js", "Node"), ("3.11", "311"), ("Python %", "Python"), ("R", "R&D"), ("ASP.NET", "ASP"),
    ],
)  # fmt: skip
def test_signs_that_carry_meaning_stay(one, other):
    assert normalise(one) != normalise(other)


@pytest.mark.parametrize(
    "forms",
    [
        ("CI/CD", "CI-CD", "CI / CD", "ci cd", "CI–CD", "“CI/CD”"), ("scikit-learn", "scikit learn", "Scikit_Learn"),
        ("React.js", "ReactJS", "React JS", "react.JS"), ("Weights & Biases", "weights and biases"),
        ("C++", "C ++", "c++", "Ｃ＋＋"), ("Straße", "STRASSE"), ("King's", "King’s", "kings"),
        ("Café", "Cafe\u0301"), ("Py\u00adTorch", "PyTorch", "Py\u200dTorch"), ("a\tb\nc", "A  B  C"),
    ],
)  # fmt: skip
def test_forms_that_say_the_same_meet(forms):
    assert len({normalise(form) for form in forms}) == 1


@given(st.text() | st.text(alphabet="aAcC+#.-/ js%&'’3１é\u0301\u200d가"))
def test_normalising_twice_changes_nothing_more(text):
    once = normalise(text)
    assert normalise(once) == once


SHIPPED = shipped()


@given(
    st.sampled_from(sorted({name for s in SHIPPED.skills.values() for name in (s.id, s.name, *s.aliases)})),
    st.sampled_from([str.upper, str.lower, str.title, str.swapcase, str]),
    st.text(" \t\u00a0\u2003", max_size=3),
    st.text(" \t\u00a0\u2003", max_size=3),
)
def test_resolving_is_independent_of_case_and_space_around(name, case, before, after):
    assert SHIPPED.resolve(f"{before}{case(name)}{after}") == SHIPPED.resolve(name) is not None


@given(st.text(max_size=LONGEST_NAME * 2))
def test_any_text_can_be_asked_for(text):
    assert SHIPPED.resolve(text) in {None, *SHIPPED.skills}


def test_every_name_in_the_file_leads_to_its_skill(vocabulary):
    """And so no two skills share a name: the vocabulary would not have been built."""
    lost = [
        (entry["id"], name)
        for entry in entries()
        for name in (entry["id"], entry["name"], *entry.get("aliases", ()))
        if vocabulary.resolve(name) != entry["id"]
    ]
    assert lost == []


def test_no_alias_in_the_file_says_what_normalising_already_covers():
    repeated = []
    for entry in entries():
        names = [entry["id"], entry["name"], *entry.get("aliases", ())]
        repeated += [
            name for place, name in enumerate(names[2:], 2) if normalise(name) in map(normalise, names[:place])
        ]
    assert repeated == []


def test_the_file_is_large_and_each_skill_stands_on_one_line():
    lines = (ROOT / "rubrics" / "skills.yaml").read_text(encoding="utf-8").splitlines()
    assert len(entries()) >= 380
    assert sum(line.startswith("  - {id: ") and line.endswith("}") for line in lines) == len(entries())


def test_nothing_in_the_file_implies_itself(vocabulary):
    assert [skill for skill, proved in vocabulary.implied.items() if skill in proved] == []


@pytest.mark.parametrize(
    ("skill", "proved"),
    [
        ("eks", {"kubernetes", "containers", "aws", "cloud"}), ("docker", {"containers"}),
        ("scikit_learn", {"ml_frameworks", "python", "machine_learning"}), ("pandas", {"python"}),
        ("pyspark", {"spark", "python", "big_data_processing"}), ("prometheus", {"monitoring"}),
        ("evidently", {"ml_monitoring"}), ("mlflow", {"ml_platforms", "experiment_tracking"}),
        ("terraform", {"infrastructure_as_code"}), ("github_actions", {"ci_cd"}), ("langchain", {"llm_applications"}),
        ("sagemaker", {"ml_cloud_services", "aws", "ml_platforms"}), ("go", {"systems_language"}),
        ("kafka", {"data_streaming"}), ("pytorch", {"ml_frameworks", "deep_learning"}),
    ],
)  # fmt: skip
def test_a_skill_proves_what_nobody_can_use_it_without(vocabulary, skill, proved):
    assert proved <= vocabulary.implied[skill]


@pytest.mark.parametrize(
    ("skill", "unproved"),
    [
        ("docker", "kubernetes"), ("kubernetes", "docker"), ("java", "javascript"), ("data_modeling", "sql"),
        ("llm", "deep_learning"), ("ml_monitoring", "monitoring"), ("aws", "azure"), ("nosql", "sql"), ("c", "cpp"),
        ("statistics", "ab_testing"), ("cloud", "aws"), ("polars", "python"),
    ],
)  # fmt: skip
def test_a_skill_does_not_prove_what_merely_goes_with_it(vocabulary, skill, unproved):
    assert unproved not in vocabulary.implied[skill]


def criteria():
    for path in sorted((ROOT / "rubrics" / "roles").glob("*.yaml")):
        for criterion in yaml_text.load(path.read_text(encoding="utf-8"))["criteria"]:
            yield pytest.param(criterion["title"], criterion["id"], id=f"{path.stem}-{criterion['id']}")


@pytest.mark.parametrize(("title", "skill"), list(criteria()))
def test_the_title_of_a_criterion_names_its_skill(vocabulary, title, skill):
    assert vocabulary.resolve(title) == skill


@pytest.mark.skipif(not POSTINGS.exists(), reason=f"the counts of skills in postings are not at {POSTINGS}")
def test_nearly_all_names_in_real_postings_are_known(vocabulary):
    with POSTINGS.open(encoding="utf-8", newline="") as file:
        names = [row["skill"] for row in csv.DictReader(file)]
    read = [all(map(vocabulary.resolve, vocabulary.split(name))) for name in names]
    assert sum(read) / len(names) >= 0.97
