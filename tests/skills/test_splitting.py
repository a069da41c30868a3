"""Lists of skills as people keep them in one cell, with the items they hold: nothing lost, nothing broken in two."""

import time

import pytest

from service import rubric_library

LISTS = [
    ("Python ■■■, SQL ■■", ["Python ■■■", "SQL ■■"]),
    ("Python/Java/Go", ["Python", "Java", "Go"]),
    ("R & D", ["R & D"]),
    ("R & D, Python", ["R & D", "Python"]),
    ("AWS (EC2, S3)", ["AWS", "EC2", "S3"]),
    ("TCP/IP, HTTP/2", ["TCP/IP", "HTTP/2"]),
    ("PL/SQL, T-SQL", ["PL/SQL", "T-SQL"]),
    ("C/C++, C#", ["C", "C++", "C#"]),
    ("• Python • SQL • R", ["Python", "SQL", "R"]),
    ("● Python\n● SQL", ["Python", "SQL"]),
    ("Python ●●●○○, SQL ●●○○○", ["Python ●●●○○", "SQL ●●○○○"]),
    ("Python ★★★☆☆; SQL ★★", ["Python ★★★☆☆", "SQL ★★"]),
    ("Python\tSQL\tR", ["Python", "SQL", "R"]),
    ("Python|SQL|R", ["Python", "SQL", "R"]),
    ("Python\r\nSQL\r\nR", ["Python", "SQL", "R"]),
    ("Python / SQL / R", ["Python", "SQL", "R"]),
    ("Python, SQL & R", ["Python", "SQL", "R"]),
    ("Python; SQL, R | Go", ["Python", "SQL", "R", "Go"]),
    ("- Python: 5 yrs\n- SQL: 3 yrs", ["Python: 5 yrs", "SQL: 3 yrs"]),
    ("Java/Kotlin/Scala", ["Java", "Kotlin", "Scala"]),
    ("HTML/CSS/JavaScript", ["HTML", "CSS", "JavaScript"]),
    ("HTML5/CSS3", ["HTML5", "CSS3"]),
    ("NumPy/SciPy/pandas", ["NumPy", "SciPy", "pandas"]),
    ("GitHub/GitLab", ["GitHub", "GitLab"]),
    ("GitHub Actions/GitLab CI", ["GitHub Actions", "GitLab CI"]),
    ("ETL/ELT", ["ETL/ELT"]),
    ("OLAP/OLTP", ["OLAP", "OLTP"]),
    ("UI/UX, QA/QC", ["UI/UX", "QA/QC"]),
    ("iOS/Android", ["iOS", "Android"]),
    ("Docker/K8s", ["Docker", "K8s"]),
    ("Linux/Unix", ["Linux/Unix"]),
    ("SQL/NoSQL", ["SQL", "NoSQL"]),
    ("Power BI/Tableau", ["Power BI", "Tableau"]),
    ("LLM/RAG", ["LLM", "RAG"]),
    ("ML/DL/NLP", ["ML", "DL", "NLP"]),
    ("CI/CD (Jenkins, GitHub Actions)", ["CI/CD", "Jenkins", "GitHub Actions"]),
    ("Cloud: AWS, GCP", ["Cloud", "AWS", "GCP"]),
    ("Programming languages: Python, R", ["Python", "R"]),
    ("Tools: Git; Docker", ["Git", "Docker"]),
    ("Python (NumPy, pandas), SQL", ["Python", "NumPy", "pandas", "SQL"]),
    ("Databases (PostgreSQL, MySQL)", ["PostgreSQL", "MySQL"]),
    ("Python [4], SQL [3]", ["Python [4]", "SQL [3]"]),
    ("Python – 4, SQL – 3", ["Python – 4", "SQL – 3"]),
    ("Python=4, SQL=3", ["Python=4", "SQL=3"]),
    ("Python 5 years, SQL 3 years", ["Python 5 years", "SQL 3 years"]),
    ("Python (5+ yrs), SQL (2 yrs 6 months)", ["Python (5+ yrs)", "SQL (2 yrs 6 months)"]),
    ("1. Python; 2. SQL", ["Python", "SQL"]),
    ("Data structures and algorithms", ["Data structures and algorithms"]),
    ("Data structures and algorithms and SQL", ["Data structures and algorithms", "SQL"]),
    ("Training and serving", ["Training and serving"]),
    ("Research & development, Python", ["Research & development", "Python"]),
    ("machine learning and deep learning", ["machine learning", "deep learning"]),
    ("TensorFlow and/or PyTorch", ["TensorFlow", "PyTorch"]),
    ("Python and R and SQL", ["Python", "R", "SQL"]),
    ("Time series and forecasting", ["Time series", "forecasting"]),
    ("Search and recommendation", ["Search and recommendation"]),
    ("Monitoring and observability", ["Monitoring and observability"]),
    ("Node.js/Express.js", ["Node.js", "Express.js"]),
    ("React/Redux", ["React", "Redux"]),
    ("Scikit-learn, XGBoost & LightGBM", ["Scikit-learn", "XGBoost", "LightGBM"]),
    ("Spark + Kafka", ["Spark", "Kafka"]),
    ("C++ + Python", ["C++", "Python"]),
    ("C++, C++17", ["C++", "C++17"]),
    ("A/B-Testing, SQL", ["A/B-Testing", "SQL"]),
    ("MS Office, Excel", ["MS Office", "Excel"]),
    ("Python, , SQL", ["Python", "SQL"]),
    ("Python;;SQL", ["Python", "SQL"]),
    ('"Python", "SQL"', ["Python", "SQL"]),
    ("['Python', \"SQL\"]", ["Python", "SQL"]),
    ("{Python, SQL}", ["Python", "SQL"]),
    ("Python and SQL, or R", ["Python", "SQL", "R"]),
    ("Amazon Web Services (AWS)", ["Amazon Web Services (AWS)"]),
    ("Natural Language Processing (NLP), CV", ["Natural Language Processing (NLP)", "CV"]),
    ("Kubernetes (k8s)", ["Kubernetes (k8s)"]),
    ("Large Language Models (LLMs)/RAG", ["Large Language Models (LLMs)", "RAG"]),
    ("Python 3.11/SQL", ["Python 3.11", "SQL"]),
    ("Spark/PySpark", ["Spark", "PySpark"]),
    ("OpenAI API/Anthropic API", ["OpenAI API", "Anthropic API"]),
    ("gRPC/GraphQL", ["gRPC", "GraphQL"]),
    ("Airflow/dbt/Snowflake", ["Airflow", "dbt", "Snowflake"]),
    ("24/7 support, Python", ["24/7 support", "Python"]),
    ("Python (and SQL)", ["Python", "SQL"]),
    ("Not R", ["Not R"]),
    ("I/O, Python", ["I/O", "Python"]),
    ("n/a", ["n/a"]),
    ("N/A, Python", ["N/A", "Python"]),
    ("Python;SQL;\nR", ["Python", "SQL", "R"]),
    ("Python、SQL", ["Python", "SQL"]),
    ("Advanced Python, basic SQL", ["Advanced Python", "basic SQL"]),
    ("Agile/Scrum", ["Agile", "Scrum"]),
    ("Jira/Confluence", ["Jira", "Confluence"]),
    ("Go/Golang", ["Go", "Golang"]),
    ("React.js/ReactJS", ["React.js", "ReactJS"]),
    ("Python(4)/SQL(3)", ["Python(4)", "SQL(3)"]),
    ("Hadoop (HDFS, Hive), Spark", ["Hadoop", "HDFS", "Hive", "Spark"]),
    ("AWS (Lambda & S3)", ["AWS", "Lambda", "S3"]),
    ("AWS: EC2, S3", ["AWS: EC2", "S3"]),
    ("AWS: Lambda", ["AWS: Lambda"]),
    ("scikit-learn / PyTorch / JAX", ["scikit-learn", "PyTorch", "JAX"]),
    ("B2B/B2C", ["B2B/B2C"]),
    ("Excel/Google Sheets", ["Excel", "Google Sheets"]),
    ("x86/ARM", ["x86/ARM"]),
    ("VBA/Excel", ["VBA", "Excel"]),
    ("Objective-C/Swift", ["Objective-C", "Swift"]),
    ("F#/C#/.NET", ["F#", "C#", ".NET"]),
    ("PyTorch, TensorFlow,\nKeras and JAX.", ["PyTorch", "TensorFlow", "Keras", "JAX"]),
    ("Docker, Helm, etc.", ["Docker", "Helm"]),
    ("Docker, Helm, and more", ["Docker", "Helm"]),
    ("Python ...", ["Python"]),
    ("Python (since 2019), SQL", ["Python (since 2019)", "SQL"]),
    ("Kubernetes, Helm and Terraform (advanced)", ["Kubernetes", "Helm", "Terraform (advanced)"]),
    ("Snowflake and BigQuery and Redshift", ["Snowflake", "BigQuery", "Redshift"]),
    ("CI/CD and TCP/IP", ["CI/CD", "TCP/IP"]),
    ("PL/SQL/Python", ["PL/SQL", "Python"]),
    ("C, C++ and C#", ["C", "C++", "C#"]),
    ("\uf0b7 Python\n\uf0b7 SQL", ["Python", "SQL"]),
    ("– Python\n– SQL", ["Python", "SQL"]),
    ("* Python\n* SQL\n* R", ["Python", "SQL", "R"]),
    ("Read/write APIs, SQL", ["Read/write APIs", "SQL"]),
    ("Weights & Biases, R&D", ["Weights & Biases", "R&D"]),
    ("Python\u2028SQL", ["Python", "SQL"]),
    ("Python,SQL,R,Go", ["Python", "SQL", "R", "Go"]),
    ("Python/ SQL/ R", ["Python", "SQL", "R"]),
    ("Python (3,5), SQL (4,5)", ["Python (3,5)", "SQL (4,5)"]),
]


@pytest.fixture(scope="module")
def vocabulary():
    return rubric_library.load().vocabulary


@pytest.mark.parametrize(("text", "items"), LISTS, ids=[repr(case[0]) for case in LISTS])
def test_a_list_is_taken_apart_into_its_items(vocabulary, text, items):
    assert vocabulary.split(text) == items


@pytest.mark.parametrize(
    "pair", ["C/C++", "TCP/IP", "CI/CD", "PL/SQL", "UI/UX", "A/B testing", "I/O", "R&D", "OS/2", "Weights & Biases"]
)
@pytest.mark.parametrize("sign", [", ", "; ", " | ", "\n", "\t", " • ", ",", " / "])
def test_what_a_sign_holds_together_stays_whole_in_any_list(vocabulary, pair, sign):
    held = [pair] if pair != "C/C++" else ["C", "C++"]
    assert vocabulary.split(sign.join(["Python", pair, "SQL"])) == ["Python", *held, "SQL"]


def test_the_table_is_as_long_as_was_promised():
    assert len({text for text, _ in LISTS}) >= 110


@pytest.mark.parametrize(
    "piece", ["●", "● ", "Python ●●○, ", "and/or ", "a:", "etc, ", "Python/Python/", "React.js/ReactJS, ", "★"]
)
def test_no_list_takes_long(vocabulary, piece):
    text = piece * (100_000 // len(piece))
    begun = time.process_time()
    vocabulary.split(text)
    assert time.process_time() - begun < 3
