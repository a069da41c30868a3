"""Words of the generated tables: invented people, skills as they are written, headers in four languages.

All names are invented. Any likeness to a person is chance.
"""

from __future__ import annotations

from dataclasses import dataclass

NAMES = (
    "Ada Pemberlyn", "Bea Quillfeather", "Cyril Rottenbacher", "Di Stavropolis", "Max Weberling", "Min Parkwood",
    "Zoë Ångstrand", "Jürgen Müßigbrodt", "Søren Kjærgårdsen", "Éloïse D'Arcambeau", "Íñigo Peñalosano",
    "Mary-Jane O'Donnolly", "Juan de la Cruzada", "Ludwig von der Aueshof", "Grant Totterdell", "Summer Legendre",
    "Mark Targetsson", "Rosa Meanwell", "Jo Li", "X Æ Quartermain", "Priya Narasimhaiah", "Rohit Bhandarkaran",
    "Nguyen Thi Hoabinh", "Oyelaran Adebayode", "Sum Wingfield", "Python Baskerville", "R. Goldenthal",
    "Scala Montefiori", "Ruby Hartmannsdorf", "Java Kristiansdottir",
    "Łukasz Brzęczykowski", "Žofie Dvořáčková", "Ağırdağ Yılmazoğlu", "Αριάδνη Παπαδοκώστα", "Ольга Берёзкинская",
    "Павло Гринькович", "山田 架空", "김가상", "李虚构", "प्रिया काल्पनिक", "سلمى الخيالية", "נועה דמיונית", "สมชาย สมมติ",
)  # fmt: skip
"""Invented names, from Latin-1 to other scripts. Some begin with a word of totals or of a skill, and are people."""

SKILLS = {
    "python": ("Python",),
    "sql": ("SQL",),
    "kubernetes": ("Kubernetes", "K8s"),
    "docker": ("Docker",),
    "pytorch": ("PyTorch", "Torch"),
    "tensorflow": ("TensorFlow", "TF"),
    "javascript": ("JavaScript", "JS"),
    "typescript": ("TypeScript",),
    "cpp": ("C++",),
    "csharp": ("C#",),
    "dotnet": (".NET",),
    "nodejs": ("Node.js",),
    "java": ("Java",),
    "go": ("Go", "Golang"),
    "r": ("R",),
    "scikit_learn": ("scikit-learn", "sklearn"),
    "airflow": ("Airflow", "Apache Airflow"),
    "kafka": ("Kafka",),
    "spark": ("Spark", "Apache Spark"),
    "dbt": ("dbt",),
    "aws": ("AWS", "Amazon Web Services"),
    "gcp": ("GCP", "Google Cloud"),
    "azure": ("Azure",),
    "terraform": ("Terraform",),
    "ci_cd": ("CI/CD",),
    "postgresql": ("PostgreSQL", "Postgres"),
    "mongodb": ("MongoDB", "Mongo"),
    "plsql": ("PL/SQL",),
    "git": ("Git",),
    "linux": ("Linux",),
    "machine_learning": ("Machine Learning", "ML"),
    "nlp": ("NLP", "Natural Language Processing"),
    "mlflow": ("MLflow",),
    "tableau": ("Tableau",),
    "power_bi": ("Power BI", "PowerBI"),
}
"""Skills by id: as they are usually written, then short forms and other names."""

CATEGORIES = {
    "languages": ("python", "java", "go", "cpp", "javascript", "typescript", "csharp"),
    "databases": ("postgresql", "mongodb"),
    "cloud": ("aws", "gcp", "azure"),
    "frameworks": ("pytorch", "tensorflow", "scikit_learn"),
    "tools": ("docker", "kubernetes", "terraform", "git", "airflow", "kafka"),
}
"""Groups of skills, by the key of their header."""

PAIRS = (
    ("pytorch", "tensorflow", "PyTorch / TensorFlow"), ("docker", "kubernetes", "Docker/K8s"),
    ("pytorch", "tensorflow", "Torch / TF"), ("aws", "gcp", "AWS/GCP"), ("kafka", "spark", "Kafka or Spark"),
    ("javascript", "typescript", "JavaScript/TypeScript"), ("postgresql", "mongodb", "Postgres & MongoDB"),
)  # fmt: skip
"""Two skills in one header."""


@dataclass(frozen=True)
class Language:
    """Words of one language. Each tuple holds wordings that mean the same, the usual one first."""

    code: str
    name: tuple[str, ...]
    first: str
    last: str
    id: tuple[str, ...]
    email: tuple[str, ...]
    years: tuple[str, ...]
    skills: tuple[str, ...]
    skill: str
    level: tuple[str, ...]
    years_of_use: tuple[str, ...]
    last_used: str
    self_: tuple[str, ...]
    interviewer: tuple[str, ...]
    categories: dict[str, tuple[str, ...]]
    totals: tuple[str, ...]
    targets: tuple[str, ...]
    examples: tuple[str, ...]
    notes: tuple[str, ...]
    titles: tuple[str, ...]
    groups: tuple[str, ...]
    extra: tuple[tuple[str, str], ...]
    """Columns that say nothing of skills, and a value."""
    words: tuple[tuple[str, int], ...]
    """Words of a level, with the level in tenths."""
    yes_no: tuple[tuple[str, str], ...]
    legend: tuple[str, ...]


LANGUAGES = (
    Language(
        "en",
        ("Name", "Candidate", "Full name", "Candidate Name", "Name of the Candidate", "Team member", "Employee"),
        "First name", "Last name",
        ("emp_id", "ID", "Applicant No", "Candidate ID", "Employee ID", "Ref"),
        ("Email", "E-mail", "Email ID", "Email Address"),
        ("Years of experience", "Total Experience (in years)", "Total Exp. (Yrs)", "Total Work Experience",
         "No. of years of experience", "Overall Experience", "Years"),
        ("Skills", "Key Skills", "Primary Skills", "Technical Skills", "Skill(s)", "IT Skills", "Core Competencies",
         "Skills & Technologies", "Tech Stack"),
        "Skill", ("Level", "Rating", "Proficiency", "Score"), ("Years", "Yrs", "Years of use"), "Last used",
        ("Self", "Self rating", "Self-assessment"), ("Interviewer", "Manager", "Reviewer"),
        {"languages": ("Languages", "Programming Languages"), "databases": ("Databases",),
         "cloud": ("Cloud", "Cloud Platforms"), "frameworks": ("Frameworks", "ML Frameworks"),
         "tools": ("Tools", "DevOps Tools")},
        ("Average", "AVERAGE", "Avg.", "Mean", "Median", "Total", "Grand Total", "Sum", "Max", "Min", "Count",
         "Team average", "Std dev"),
        ("Target", "Target level", "Required level", "Weight", "Minimum required", "Benchmark"),
        ("Example", "Sample candidate", "e.g. Jane Doe", "Example: John Doe"),
        ("Generated 2026-11-01", "Confidential", "Source: HR system", "[end of list]", "* self-reported"),
        ("Skills matrix", "Candidates 2026", "Team capability overview"),
        ("Group: Berlin", "--- Backend ---", "Page 1 of 2", "== Data team =="),
        (("Notice Period", "30 days"), ("Current CTC", "18 LPA"), ("Current Location", "Pune"), ("Department", "R&D"),
         ("Current Company", "Invented Ltd"), ("Comments", "call back"), ("Interview date", "2026-11-02"),
         ("Mobile No.", "9800000001"), ("Expected salary", "85000")),
        (("none", 0), ("beginner", 10), ("basic", 10), ("intermediate", 30), ("proficient", 40), ("advanced", 40),
         ("expert", 50)),
        (("Yes", "No"), ("yes", "no"), ("TRUE", "FALSE"), ("Y", "N")),
        ("Legend", "Scale", "Rating scale", "Key"),
    ),
    Language(
        "de",
        ("Name", "Kandidat", "Bewerber", "Mitarbeiter", "Vollständiger Name"),
        "Vorname", "Nachname",
        ("Personalnummer", "Bewerber-Nr.", "ID", "Kandidaten-ID"),
        ("E-Mail", "E-Mail-Adresse"),
        ("Berufserfahrung (Jahre)", "Jahre Erfahrung", "Berufsjahre", "Erfahrung in Jahren"),
        ("Kenntnisse", "Fähigkeiten", "Skills", "IT-Kenntnisse"),
        "Kenntnis", ("Niveau", "Bewertung", "Level", "Stufe"), ("Jahre",), "Zuletzt genutzt",
        ("Selbsteinschätzung", "Selbst"), ("Interviewer", "Führungskraft", "Fremdeinschätzung"),
        {"languages": ("Programmiersprachen",), "databases": ("Datenbanken",), "cloud": ("Cloud",),
         "frameworks": ("Frameworks",), "tools": ("Werkzeuge", "Tools")},
        ("Durchschnitt", "Summe", "Mittelwert", "Gesamt", "Anzahl", "Maximum", "Median"),
        ("Soll", "Zielwert", "Gewichtung", "Mindestanforderung"),
        ("Beispiel", "Beispiel: Erika Muster", "z. B. Max Muster"),
        ("Stand: 01.11.2026", "Vertraulich", "Quelle: Personalabteilung", "* Selbstauskunft"),
        ("Skill-Matrix", "Bewerber 2026", "Qualifikationsmatrix"),
        ("Gruppe: Berlin", "--- Backend ---", "Seite 1 von 2"),
        (("Kündigungsfrist", "3 Monate"), ("Abteilung", "F&E"), ("Bemerkung", "zurückrufen"), ("Standort", "Köln"),
         ("Gehaltswunsch", "85000")),
        (("keine", 0), ("Anfänger", 10), ("Grundkenntnisse", 10), ("gut", 30), ("fortgeschritten", 40),
         ("sehr gut", 40), ("Experte", 50)),
        (("ja", "nein"), ("Ja", "Nein"), ("WAHR", "FALSCH")),
        ("Legende", "Skala", "Bewertung"),
    ),
    Language(
        "fr",
        ("Nom", "Candidat", "Nom complet", "Nom du candidat"),
        "Prénom", "Nom",
        ("Matricule", "ID", "N° candidat"),
        ("E-mail", "Adresse e-mail", "Courriel"),
        ("Années d'expérience", "Expérience (années)", "Nombre d'années d'expérience"),
        ("Compétences", "Compétences clés", "Compétences techniques"),
        "Compétence", ("Niveau", "Note", "Évaluation"), ("Années", "Ans"), "Dernière utilisation",
        ("Auto-évaluation",), ("Évaluateur", "Manager", "Recruteur"),
        {"languages": ("Langages", "Langages de programmation"), "databases": ("Bases de données",),
         "cloud": ("Cloud",), "frameworks": ("Frameworks",), "tools": ("Outils",)},
        ("Moyenne", "Total", "Total général", "Somme", "Médiane", "Maximum"),
        ("Objectif", "Niveau requis", "Pondération", "Niveau cible"),
        ("Exemple", "Exemple : Jean Dupont", "ex. Jeanne Martin"),
        ("Généré le 01/11/2026", "Confidentiel", "Source : RH"),
        ("Matrice de compétences", "Candidats 2026"),
        ("Groupe : Lyon", "--- Backend ---", "Page 1 sur 2"),
        (("Préavis", "3 mois"), ("Service", "R&D"), ("Commentaires", "à rappeler"), ("Lieu", "Lyon"),
         ("Salaire souhaité", "55000")),
        (("aucun", 0), ("débutant", 10), ("notions", 10), ("intermédiaire", 30), ("avancé", 40), ("confirmé", 40)),
        (("oui", "non"), ("Oui", "Non"), ("VRAI", "FAUX")),
        ("Légende", "Échelle", "Barème"),
    ),
    Language(
        "es",
        ("Nombre", "Candidato", "Nombre completo", "Nombre y apellidos"),
        "Nombre", "Apellidos",
        ("ID", "Nº de empleado", "Código"),
        ("Correo electrónico", "E-mail", "Correo"),
        ("Años de experiencia", "Experiencia (años)"),
        ("Habilidades", "Competencias", "Conocimientos"),
        "Habilidad", ("Nivel", "Puntuación", "Valoración"), ("Años",), "Último uso",
        ("Autoevaluación",), ("Entrevistador", "Evaluador"),
        {"languages": ("Lenguajes", "Lenguajes de programación"), "databases": ("Bases de datos",),
         "cloud": ("Nube", "Cloud"), "frameworks": ("Frameworks",), "tools": ("Herramientas",)},
        ("Promedio", "Total", "Suma", "Media", "Mediana", "Máximo"),
        ("Objetivo", "Nivel requerido", "Peso", "Nivel mínimo"),
        ("Ejemplo", "Ejemplo: Juan Pérez", "p. ej. Juana Pérez"),
        ("Generado el 01/11/2026", "Confidencial", "Fuente: RR. HH."),
        ("Matriz de competencias", "Candidatos 2026"),
        ("Grupo: Madrid", "--- Backend ---", "Página 1 de 2"),
        (("Preaviso", "15 días"), ("Departamento", "I+D"), ("Comentarios", "volver a llamar"), ("Ciudad", "Sevilla"),
         ("Salario esperado", "45000")),
        (("ninguno", 0), ("principiante", 10), ("básico", 10), ("intermedio", 30), ("avanzado", 40), ("experto", 50)),
        (("sí", "no"), ("Sí", "No"), ("VERDADERO", "FALSO")),
        ("Leyenda", "Escala"),
    ),
)  # fmt: skip
