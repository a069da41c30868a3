"""Sentences with the exact reading expected of them: what is a skill, what only looks so, what is said of it."""

import pytest

from service.skills.finder import Finder
from service.skills.words import ABSENT, Reading

HAS, NO, LIVE = "has", "no", "live"

NOTHING = [
    # Ordinary words
    "We go to market in spring.",
    "Our go to market motion was slow.",
    "Ready to go from day one.",
    "Let's go through the numbers together.",
    "The project is good to go.",
    "Go figure.",
    "He headed R&D for a maker of pumps.",
    "The R & D budget doubled.",
    "HR liked her.",
    "Does it spark joy?",
    "Her talks spark interest among students.",
    "A spark of genius.",
    "I excel at sales calls.",
    "She wants to excel in everything she does.",
    "They excel as a team.",
    "A rust-proof coating for ships.",
    "Grew up in the rust belt.",
    "We removed rust from old bridges.",
    "Born in Java, Indonesia.",
    "He drank a cup of java every morning.",
    "Ray led the sales team for two years.",
    "Thanks to Ray and his wife.",
    "She worked as an x-ray technician.",
    "A swift answer is half the battle.",
    "Head chef at a small restaurant.",
    "He was a chef before he studied.",
    "We scale teams, not egos.",
    "Scale the business and keep the culture.",
    "React to customers within a day.",
    "We react quickly to incidents.",
    "Teams express interest in the results.",
    "Paid with American Express.",
    "The prophet of doom in our meetings.",
    "At the helm of a team of nine.",
    "Julia managed the office in Lyon.",
    "Claude is my neighbour and referee.",
    "Claude Monet is her favourite painter.",
    "Looking for a needle in a haystack.",
    "A feast of ideas at the summer party.",
    "Evidently the numbers were wrong.",
    "Ruby Tuesday was my first employer.",
    "Built the furniture from scratch.",
    "The mouse cursor jumped around.",
    "We were a vault for old stories.",
    "A playwright and author of three plays.",
    "She wrote a play about Prometheus bound.",
    "The grand slam of sales awards.",
    "Serviced distribution transformers at a power plant.",
    "A signal amplitude of two volts.",
    "The confluence of two rivers.",
    "Series C funding was closed in May.",
    "Presented to the C-level every month.",
    "Worked with the C-suite.",
    "Took vitamin C daily.",
    "Appendix C lists the dates.",
    "Mixed 200 ml of water with salt.",
    "Dr R. Jones taught the class.",
    "The lambda calculus is a formal system.",
    "John Doe signed the letter.",
    "From rags to riches in ten years.",
    "Angular momentum is conserved.",
    "A hip flask was his only luggage.",
    "The bee hive behind the office.",
    "Washed with soap.",
    "A whisper in the corridor.",
    "Senior Java Developer",
    "Worked next to the Kubernetes team.",
    # Inside other words
    "Django Reinhardt played the guitar.",
    "The cargo ship left the harbour.",
    "Her ergonomic chair was blue.",
    "A gorilla and a mango.",
    "He sold javelins.",
    "Scalability of the office kitchen.",
    "Sqlalch is no word at all.",
    "The pythonidae are snakes.",
    "Gitarre spielen ist mein Hobby.",
    "They sparked a debate.",
    "An excellent cook.",
    # Addresses
    "Mail me at ada@python.example please.",
    "See https://example.org/kubernetes/docker for photos.",
    "My page is www.java-islands.example.",
    "Profile: github.com/ada/tensorflow",
    # Wishes, adverts, other people
    "I want to learn PyTorch.",
    "Eager to learn Kubernetes.",
    "She would love to work with Terraform.",
    "Currently learning TypeScript.",
    "Interested in MLflow.",
    "Plans to learn Docker and Kubernetes next year.",
    "Curious about LangChain.",
    "Keen to get into PyTorch.",
    "Read about Kafka once.",
    "We are looking for Python and SQL.",
    "You will need Docker and Terraform.",
    "The ideal candidate knows Terraform.",
    "Must have PyTorch.",
    "Knowledge of Airflow is a plus.",
    "Docker is required.",
    "Hired Python developers for the client.",
    "Managed a team of Java engineers.",
    "Supported the Kubernetes team with travel.",
    "Led a group of PyTorch engineers.",
    "Recruited two TensorFlow specialists.",
    # Denied only in part, or for something else
    "No production experience with Kubernetes.",
    "Not an expert in PyTorch.",
    "Chose pencils instead of Tableau.",
    "Solved it without Docker.",
    "Prefers paper rather than Jira.",
    # Hidden
    "Py\u200bthon and K\u2060ubernetes.",
    "Ter\u202eraform.",
]

READ = [
    # Positive twins of the words above
    ("Wrote Go services for payments.", {"go": HAS}),
    ("Backend in Go.", {"go": HAS, "backend_development": HAS}),
    ("Python, Go and Rust.", {"python": HAS, "go": HAS, "rust": HAS}),
    ("Used R and Python for the analysis.", {"r": HAS, "python": HAS}),
    ("Statistical modelling in R.", {"r": HAS, "statistics": HAS}),
    ("C, C++ and Rust.", {"c": HAS, "cpp": HAS, "rust": HAS}),
    ("Used Spark every day.", {"spark": HAS}),
    ("Apache Spark jobs on large tables.", {"spark": HAS}),
    ("Reports in Excel.", {"excel": HAS}),
    ("Excel with pivot tables.", {"excel": HAS}),
    ("Java and Kotlin.", {"java": HAS, "kotlin": HAS}),
    ("A Java developer at heart.", {"java": HAS}),
    ("Distributed training on Ray with GPUs.", {"ray": HAS, "distributed_training": HAS, "gpu_compute": HAS}),
    ("Wrote an app in Swift.", {"swift": HAS}),
    ("Provisioned servers with Ansible and Chef.", {"ansible": HAS, "chef_infra": HAS}),
    ("Frontend in React.", {"react": HAS, "frontend_development": HAS}),
    ("React and TypeScript.", {"react": HAS, "typescript": HAS}),
    ("Forecasting demand with Prophet.", {"time_series": HAS, "prophet": HAS}),
    ("Packaged with Helm.", {"helm": HAS}),
    ("Prompting Claude by the Anthropic API.", {"claude": HAS, "anthropic": HAS}),
    ("Fine-tuned transformers from Hugging Face.", {"transformer_models": HAS, "hugging_face": HAS}),
    ("Flask and Django.", {"flask": HAS, "django": HAS}),
    ("AWS Lambda functions.", {"aws_lambda": HAS}),
    # How names are written
    ("Built CI/CD for six teams.", {"ci_cd": HAS}),
    ("Built CI-CD for six teams.", {"ci_cd": HAS}),
    ("Built ci / cd for six teams.", {"ci_cd": HAS}),
    ("Ran A/B tests on the home page.", {"ab_testing": HAS}),
    ("Used scikit-learn and scikit learn.", {"scikit_learn": HAS}),
    ("Node.js and nodejs.", {"nodejs": HAS}),
    ("C# and .NET at a bank.", {"csharp": HAS, "dotnet": HAS}),
    ("Models in Python3.11.", {"python": HAS}),
    ("Python's typing helps.", {"python": HAS}),
    ("Ran k8s clusters.", {"kubernetes": HAS}),
    ("Deep in machine\n   learning.", {"machine_learning": HAS}),
    ("PYTHON, SQL.", {"python": HAS, "sql": HAS}),
    ("Ｐｙｔｈｏｎ in full width.", {"python": HAS}),
    ("JavaScript, no frameworks.", {"javascript": HAS}),
    ("Python.Then came Scala, Java.", {"python": HAS, "scala": HAS, "java": HAS}),
    ("(Terraform)", {"terraform": HAS}),
    ("Terraform/Ansible", {"terraform": HAS, "ansible": HAS}),
    ("• PyTorch\n• TensorFlow", {"pytorch": HAS, "tensorflow": HAS}),
    ("Hadoop, hive and kafka.", {"hadoop": HAS, "hive": HAS, "kafka": HAS}),
    ("python, spark, airflow", {"python": HAS, "spark": HAS, "airflow": HAS}),
    # Denials
    ("No Python.", {"python": NO}),
    ("No experience with Kubernetes.", {"kubernetes": NO}),
    ("No experience with Kubernetes, Docker or Terraform.", {"kubernetes": NO, "docker": NO, "terraform": NO}),
    ("I have never used PyTorch.", {"pytorch": NO}),
    ("She hasn't used Airflow.", {"airflow": NO}),
    ("Haven’t worked with Terraform.", {"terraform": NO}),
    ("Lacks SQL.", {"sql": NO}),
    ("Not familiar with Kafka.", {"kafka": NO}),
    ("Does not know Docker.", {"docker": NO}),
    ("Without any knowledge of TensorFlow.", {"tensorflow": NO}),
    ("Python: none", {"python": NO}),
    ("Python - no experience", {"python": NO}),
    ("Kubernetes is new to me.", {"kubernetes": NO}),
    ("No Python but strong SQL.", {"python": NO, "sql": 40}),
    ("Never used Java, worked with Kotlin.", {"java": NO, "kotlin": HAS}),
    ("No experience with Spark; uses Kafka.", {"spark": NO, "kafka": HAS}),
    # What sounds like a denial and is none
    ("Not only Python but also Scala and Java.", {"python": HAS, "scala": HAS, "java": HAS}),
    ("No problem with SQL.", {"sql": HAS}),
    ("Not limited to PyTorch.", {"pytorch": HAS}),
    ("Migrated from Hadoop to Databricks.", {"hadoop": HAS, "databricks": HAS}),
    ("No longer uses MATLAB.", {"matlab": HAS}),
    ("Loves NoSQL stores.", {"nosql": HAS}),
    # A wish beside a claim
    ("Uses Python; wants to learn PyTorch.", {"python": HAS}),
    ("Knows Docker but would like to learn Kubernetes.", {"docker": HAS}),
    ("Interested in MLflow. Uses Airflow daily.", {"airflow": HAS}),
    # Levels
    ("Familiar with Terraform.", {"terraform": 10}),
    ("Familiar with Terraform and Ansible.", {"terraform": 10, "ansible": 10}),
    ("Basic knowledge of Kubernetes.", {"kubernetes": 10}),
    ("Some exposure to Kafka.", {"kafka": 10}),
    ("Dabbled in Scala, Java daily.", {"scala": 10, "java": 10}),
    ("Basic Docker.", {"docker": 10}),
    ("Expert in PyTorch.", {"pytorch": 50}),
    ("Expert in PyTorch, TensorFlow and JAX.", {"pytorch": 50, "tensorflow": 50, "jax": 50}),
    ("Advanced SQL.", {"sql": 40}),
    ("Proficient in Python and SQL.", {"python": 40, "sql": 40}),
    ("Strong Python skills.", {"python": 40}),
    ("Python (expert), SQL (intermediate).", {"python": 50, "sql": 30}),
    ("Docker: advanced", {"docker": 40}),
    ("Kubernetes - beginner", {"kubernetes": 10}),
    ("Advanced SQL, Docker.", {"sql": 40, "docker": HAS}),
    # Years
    ("5 years of Python.", {"python": (60, 60)}),
    ("5 years of experience with Python and SQL.", {"python": (60, 60), "sql": (60, 60)}),
    ("Python (3 years), Docker.", {"python": (36, 36), "docker": HAS}),
    ("Kubernetes for 2 years.", {"kubernetes": (24, 24)}),
    ("18 months of Terraform.", {"terraform": (18, 18)}),
    # Production
    ("Deployed PyTorch models.", {"pytorch": LIVE}),
    ("Took a TensorFlow model to production.", {"tensorflow": LIVE}),
    ("On call for Kubernetes clusters.", {"kubernetes": LIVE}),
    ("Shipped a Flask app with Docker.", {"flask": LIVE, "docker": LIVE}),
    ("A Kafka pipeline, serving 40 million requests.", {"kafka": LIVE}),
    ("Never deployed PyTorch.", {"pytorch": HAS}),
    ("A PyTorch prototype that was never deployed.", {"pytorch": HAS}),
    ("Built Airflow jobs. Later the app was deployed.", {"airflow": HAS}),
    ("Proof of concept in TensorFlow, not in production.", {"tensorflow": HAS}),
    # Worked beside, and of oneself
    ("Python developer for two banks.", {"python": HAS}),
    ("Mentored juniors in Python.", {"python": HAS}),
]


def reading(found):
    """Return what was found of a skill in the short form of the table."""
    if found.said == ABSENT:
        return NO
    if found.said.level:
        return found.said.level[0]
    return found.said.months or (LIVE if found.delivered else HAS)


@pytest.fixture(scope="module")
def finder(library):
    return Finder(library.vocabulary, library.words.levels, library.ambiguous)


def test_there_are_enough_sentences():
    assert len(NOTHING) + len(READ) >= 170


@pytest.mark.parametrize("sentence", NOTHING)
def test_nothing_is_claimed(finder, sentence):
    assert [(one.skill, one.quote) for one in finder.find(sentence).skills] == []


@pytest.mark.parametrize(("sentence", "expected"), READ)
def test_a_sentence_is_read_as_it_is_meant(finder, sentence, expected):
    found = {}
    for one in finder.find(sentence).skills:
        found.setdefault(one.skill, reading(one))

    assert found == expected


@pytest.mark.parametrize("sentence", [sentence for sentence, _ in READ])
def test_a_finding_stands_where_it_is_said_to_stand(finder, library, sentence):
    for one in finder.find(sentence).skills:
        name = sentence[one.start : one.end]
        assert library.vocabulary.resolve(name) == one.skill or name == "Chef"
        assert " ".join(sentence[one.start : one.end].split()) in one.quote


def test_a_mention_is_plain_unless_more_is_said(finder):
    assert [one.said for one in finder.find("Python and SQL").skills] == [Reading(mention=True)] * 2
