"""Kinds of headers that people write, ten and more of each, with what each means; traps among them are unknown.

`Python > Level` is a header under another. `¦` stands for a vertical bar inside a header.
"""

import pytest

from service.intake.tables.headers import understand

KINDS = {
    "forms and questions": {
        "skill airflow self": "¿Cómo valora su nivel? [Airflow] | ¿Cómo valoras tu nivel? [Airflow]",
        "skill git self": """
            ¿Cómo calificaría su dominio? [Git] | Califique sus habilidades [Git]
            Califica tus habilidades: [Git]
        """,
        "skill python self": """
            ¿Cómo evalúa sus conocimientos? [Python] | Wie schätzen Sie Ihre Kenntnisse ein? [Python]
            Bitte bewerten Sie Ihre Fähigkeiten [Python] | Bewerte deine Kenntnisse [Python]
            Schätzen Sie Ihr Niveau ein [Python] | Wie bewerten Sie Ihr Können? [Python]
            Avalie suas competências [Python] | Como avalia o seu nível? [Python]
            Valuta le tue competenze [Python] | Come valuta il suo livello? [Python]
            Beoordeel uw vaardigheden [Python] | Hoe beoordeelt u uw niveau? [Python]
            Rate your experience with Python | ¿Cómo evaluaría su nivel de Python? | ¿Qué nivel tiene en Python?
            Ihr Niveau in Python | Votre niveau en Python | Su nivel de Python | Su Python
        """,
        "skill r self": "Valore sus conocimientos [R]",
        "skill sql self 1-10": "Valora tus competencias (1-10) [SQL]",
        "skill csharp self": "Puntúe sus habilidades [C#]",
        "skill docker self": "Indique su nivel [Docker] | ¿Cuál es su nivel? [Docker]",
        "unknown": """
            Évaluez vos compétences [X] | ¿Qué herramientas quiere aprender?
            Quels outils souhaitez-vous apprendre ? | Welche Werkzeuge möchten Sie lernen?
            Which tools would you like to learn? | ¿Qué nivel se requiere? [Python]
            Which tools does your company use? | Was sind Ihre Kenntnisse? | Welche Sprachen sprechen Sie?
            ¿Qué idiomas habla? | ¿Cuántos años tiene? | Quel âge avez-vous ? | Wie viele Jahre haben Sie?
            Combien de personnes avez-vous encadrées ? | Which tools are missing?
        """,
        "skill java self": """
            Évaluez vos compétences [Java] | Évalue tes compétences [Java]
            Comment évaluez-vous votre niveau ? [Java] | Comment évaluez vous vos compétences ? [Java]
            Notez vos compétences [Java] | Veuillez évaluer vos compétences [Java]
            Quel est votre niveau ? [Java] | Indiquez votre niveau [Java]
        """,
        "field skills": """
            ¿Qué herramientas ha utilizado? | ¿Qué herramientas utiliza? | ¿Qué herramientas has usado?
            ¿Qué herramientas conoce? (marque todas) | ¿Cuáles tecnologías ha usado?
            ¿Con qué herramientas ha trabajado? | ¿Qué lenguajes de programación domina?
            Seleccione las herramientas que ha utilizado | Quels outils avez-vous utilisés ?
            Quels outils avez-vous déjà utilisés ? (plusieurs choix possibles) | Quels outils maîtrisez-vous ?
            Quels outils connaissez-vous ? | Quelles technologies utilisez-vous ?
            Quels langages de programmation connaissez-vous ? | Avec quels outils avez-vous travaillé ?
            Outils utilisés | Welche Werkzeuge haben Sie benutzt? (Mehrfachauswahl)
            Welche Werkzeuge haben Sie verwendet? | Welche Werkzeuge beherrschen Sie?
            Welche Tools nutzen Sie? (Mehrfachnennung möglich) | Mit welchen Werkzeugen haben Sie gearbeitet?
            Welche Programmiersprachen kennen Sie? | Which tools have you used? (select all that apply)
            Which tools have you used? (check all that apply) | Which of these tools have you used?
            Which of the following tools have you used? | Which tools do you use regularly?
            Tools you have worked with | Welche Werkzeuge haben Sie genutzt? | Welche Tools setzen Sie ein?
            Welche Technologien haben Sie eingesetzt? | Which technologies have you worked with?
            What tools are you familiar with? | Which databases have you used?
            Quelles bases de données avez-vous utilisées ? | Quelles sont vos compétences ?
            Cochez les outils que vous maîtrisez | ¿Qué tecnologías maneja? | ¿Cuáles son sus habilidades?
            Marque las herramientas que conoce | What are your skills?
        """,
        "field years_experience": """
            ¿Cuántos años de experiencia tiene? | ¿Cuántos años de experiencia laboral tienes?
            ¿Cuántos años de experiencia profesional tiene usted? | ¿Cuántos años ha trabajado?
            Combien d'années d'expérience avez-vous ?
            Combien d’années d’expérience professionnelle avez-vous ? | Combien d'années d'expérience as-tu ?
            Wie viele Jahre Berufserfahrung haben Sie? | Wie viele Jahre Erfahrung hast du?
            Wieviele Jahre Berufserfahrung haben Sie? | How many years of experience do you have?
            How many years have you worked?
        """,
        "years python self years": """
            ¿Cuántos años de experiencia tiene con Python?
            Combien d'années d'expérience avez-vous avec Python ?
            Wie viele Jahre Erfahrung haben Sie mit Python? | ¿Cuántos años de experiencia tiene? [Python]
        """,
        "years python years": "Combien d'années d'expérience ? [Python]",
        "skill python interviewer": """
            Évaluez le candidat [Python] | Évaluez les compétences du candidat [Python]
            Califique al candidato [Python] | Evalúe las habilidades del candidato [Python]
            Bewerten Sie den Kandidaten [Python] | Bewerten Sie die Kenntnisse des Bewerbers [Python]
        """,
        "skill python self 1-10": "Évaluez votre niveau en Python (1-10)",
    },
    "marks of footnotes": {
        "field last_name": "Nom¹ | Nom ¹",
        "field name": "Name ** | Name** | Name*: | Name : | Name †: | Candidat**",
        "field skills": """
            Skill¹ | Skills ¹ | Compétences ¹ | Frameworks ¹ | CONOCIMIENTOS¹ | Kenntnis ² | Kenntnis ²)
            Skills (*) | Nube** | Bases de datos†
        """,
        "skill cloud": "Cloud**",
        "field external_id": "Candidate ID: | ID*",
        "field email": "E-mail* | Email (required) * | E-mail**",
        "field years_experience": "Years of experience‡ | Total Exp.*: | Total Experience¹ (in years)",
        "skill plsql": "PL/SQL†",
        "skill nodejs 0-10": "Node.js_10 † | Node.js_10† | Node.js_10*",
        "skill python 1-10": "Python (1-10)* | Python 1-10 **",
        "skill python 0-10": "Python (/10) ¹ | Python /10:",
        "skill python": """
            Python¹ | Python§ | Python¹,² | Python ⁽¹⁾ | Python: > Level: | Python‡: | Python¹
            Python ** (required)
        """,
        "skill python 1-4": "Python ¹ (1-4)",
        "skill python 0-100": "Python* (%)",
        "skill cpp": "C++*",
        "skill c": "C* | C²",
        "skill csharp": "C#* | C#¹",
        "skill dotnet": ".NET | .NET* | .NET ¹",
        "skill r": "R*",
        "field skill_level": "Level* | Level ¹ | Rating †:",
        "field skill_level #2": "Rating2*",
        "field skills #1": "Skill1* | Skill 1:",
        "field skill_level #1": "Skill 1 Level ¹",
        "unknown": "m² | * | ¹ | Web 2.0",
        "skill python self": "Python* > Self¹ | Python (self)*",
        "skill python interviewer": "Python¹ > Interviewer **",
        "skill nodejs interviewer 0-10": "Node.js_10 † > Interviewer:",
        "skill aws": "Cloud** > AWS†",
        "skill python interviewer 0-10": "Python (/10)* > Manager¹",
        "field skill_level 1-10": "Level (1-10)*:",
        "field skill_level 1-4": "Rating (1-4)¹",
    },
    "under a skill": {
        "years sql years": "SQL_10 > Years | SQL_10 > Years",
        "last_used sql": "SQL_10 > Last used",
        "skill sql 0-10": "SQL_10 > Level",
        "years power_bi years": "Power BI (1-4) > Años",
        "last_used power_bi": "Power BI (1-4) > Último uso",
        "skill power_bi 1-4": "Power BI (1-4) > Valoración",
        "years tableau years": "Tableau (/100) > Années | Tableau (/100) > Yrs",
        "last_used tableau": "Tableau (/100) > Dernière utilisation",
        "skill tableau 0-100": "Tableau (/100) > Note | Tableau (/100) > Score",
        "years tableau": "Tableau (/100) > Exp",
        "years python years": """
            Python (%) > Jahre | Python > Ans | Python > Years of use | Python > Años de uso | Python > Anni
            Python > Anos | Python > Jaren
        """,
        "last_used python": "Python (%) > Zuletzt genutzt | Python > Ultimo utilizzo",
        "years nlp years": "NLP_10 > Années",
        "years cpp years": "C++ (1-4) > AÑOS",
        "skill cpp 1-4": "C++ (1-4) > NIVEL",
        "skill python": """
            Python > Note | Python > Bewertung | Python > Évaluation | Python > Livello | Python > Nível
            Python > Niveau
        """,
        "field notes": "Python > Notes | Note | Notes | Candidate > Note",
        "skill python 0-20": "Python > Note (/20)",
        "unknown": "Python (years) > Score | Python years (/10)",
    },
    "several skills in a row": {
        "field skill_level #1": """
            Rating1 | Rating_1 | Rating 1 | rating1 | Skill #1 Rating | Niveau 1 | Niveau1 | Valoración 1
            Skill_1_Level | skill_1_level | SkillLevel1 | skill1_level | Skill1Level | Nivel habilidad 1
            Skill 1 proficiency | Competency 1 Rating
        """,
        "field skill_level #3": "Score3 | Puntuación 3 | Puntuación3",
        "field skill_level #2": """
            Proficiency 2 | Proficiency2 | Bewertung 2 | Bewertung2 | Stufe 2 | Évaluation 2
            Niveau compétence 2
        """,
        "field skill_level #1 1-10": "Rating1 (1-10)",
        "field skill_level #1 0-10": "Rating 1 (/10)",
        "field skill_level #2 1-4": "Level 2 (1-4)",
        "field skills #1": "Kompetenz1 | Habilidad1 | Compétence1 | skill_1 | Competency 1",
        "field skills #2": "Tool2",
        "field skill_years #1": "Skill 1 Years | Skill1Years | Years1 | Years 1 | Jahre 1",
        "field skill_years #2": "Años 2 | Years2",
        "field skill_last_used #1": "Last used 1 | Last Used1",
        "unknown": """
            Level 3 support | Round 1 rating | Year 1 | Experience 1 | Company 1 | Project 1 | Reference 1
            Rating 5 stars | Score 100 | Grade 12 | Level 2 certification | 1st skill
        """,
        "field skill_level #1 1-5": "Skill 1 Rating (1-5)",
        "field skills #10": "Skill 10 | Skill_10",
        "field skill_level #10": "Skill 10 Level | Skill_10_Level | Level 10",
        "aside": "Language 1",
    },
    "the level of a row": {
        "field skill_level 0-10": """
            Niveau (max. 10) | Score (/10) | Niveau_10 | Level_10 | Note /10 | Valoración (/10)
            Bewertung (von 10) | Kenntnisstand (0-10)
        """,
        "field skill_level 1-4": "Rating (1-4) | Niveau (1-4) | Stufe 1-4",
        "field skill_level": "Puntuación¹",
        "field skill_level 0-5": "Level (0-5) | Rating out of 5",
        "field skill_level 0-100": "Proficiency (%) | Évaluation (/100) | Score /100",
        "field skill_level self": "Self rating | Self-assessment | Selbsteinschätzung | Autoevaluación",
        "field skill_level interviewer": "Manager rating | Interviewer rating | Peer rating",
        "field skill_level 0-20": "Note (/20) | Note sur 20",
        "field skill_level 1-10": "Bewertung (1-10) | Skill level (1-10) | Level (1-10)¹ | Nota (1-10)",
        "field skill_level 1 = best": "Score (1 = best)",
        "field skill_level 5-1": "Rating (1 = best, 5 = worst)",
        "field skill_level self 1-10": "Auto-évaluation (1-10) | Self-rating (1-10)",
        "field skill_level interviewer 0-10": "Interviewer score (/10)",
        "field skill_level interviewer 1-5": "Interviewer rating (1-5)",
        "unknown": """
            Required level | Target level (1-5) | CEFR level | Team average rating | Min level | Max score
            Credit score | Test score
        """,
        "aside": "Language level | CGPA (/10)",
        "field skill_level 1-5": "Livello (1-5) | Nível (1-5)",
    },
    "ids, names and numbers of rows": {
        "field external_id": """
            N° candidat | Nº candidat | N° de candidat | Nº de candidato | Nº de empleado | N.º de candidato
            Núm. candidato | Código | Código de candidato | Código del candidato | Code candidat | Matricule
            Personalnummer | Req Candidate # | Candidate # | Candidate# | Cand. ID | Cand ID | Cand. No.
            Bewerbernr. | Bewerber-Nr. | Mitarbeiternr. | Kandidatennr. | Personalnr. | Pers.-Nr. | ID candidat
            Réf. candidat | ID-Nummer | Associate ID | Person-ID | Matrícula | Matricola | Personeelsnummer
            Codice candidato | Código do candidato | N° d'employé | Nº empleado
        """,
        "aside": """
            Postal code | Código postal | Code postal | Zip code | Req ID | Job code | # | N° | Nº | Nr. | No.
            No | S.No | S.No. | S. No. | Sr. No. | Sr No | Sl. No. | Lfd. Nr. | Row # | Row | Zeile | N.º
            N° téléphone | Nº de teléfono | Mobile # | Job # | Country code | Candidate Status
        """,
        "unknown": """
            Code | No. of skills | # of years | # Skills | Skill # | Ticket # | Código de barras | Project code
            Cost code
        """,
        "field name": """
            Team member | Name of the Candidate | Name of Employee | Mitarbeiter/in | Mitarbeiter*in
            Mitarbeiter:in | Bewerber/-in | Kandidat/in | Kandidat*innen | MitarbeiterIn | Candidat(e)
            Candidato/a | Nom du salarié | Nom du candidat | Nombre del candidato | Nome do candidato
            Nome e cognome | Naam | Staff | Nome
        """,
        "field years_experience": "# Years of Experience",
        "field last_name": "Cognome",
    },
    "lists and two skills": {
        "field skills": """
            Kernkompetenzen | Fachkompetenzen | IT-Kompetenzen | Skills (max 10) | Skills (max. 10)
            Top Skills (up to 5) | Skills (comma-separated) | Skills (comma separated list)
            Skills (separated by commas) | Kenntnisse (kommagetrennt) | Compétences (séparées par des virgules)
            Habilidades (separadas por comas) | Nube | Bases de datos | Bases de données | Langages | Lenguajes
            Frameworks | Herramientas | Outils | Werkzeuge | Programmiersprachen | Tech skills | Competências
            Competenze | Vaardigheden | Ferramentas | Strumenti | Core Skills (top 3)
        """,
        "unknown": """
            Languages | Skills (min. 3) | Skills needed | Skills to improve | Herramientas requeridas
            Compétences requises | R and D | R&D
        """,
        "aside": "Langues | Idiomas",
        "skill postgresql mysql": "Postgres ¦ MySQL",
        "skill postgresql mongodb": "Postgres & MongoDB",
        "skill kafka spark": """
            Kafka or Spark | Kafka ou Spark | Kafka o Spark | Kafka oder Spark | Kafka und Spark | Kafka y Spark
            Kafka et Spark | Kafka and/or Spark
        """,
        "skill aws gcp": "AWS¦GCP",
        "skill machine_learning": "Machine Learning / AI | ML/AI",
        "field summary": "Resume Headline | Profile Headline",
        "field years_experience": """
            Professional Experience | Expérience professionnelle | Experiencia profesional | Berufserfahrung
        """,
        "skill cloud linux": "Cloud o Linux",
        "skill java python": "Java e Python",
        "skill c r": "C y R",
        "skill go rust": "Go und Rust",
        "skill postgresql": "Postgres ¦ Level",
        "skill java": "Backend ¦ Java",
    },
    "who rates, under a skill": {
        "skill python self": """
            Python > Candidate | Python > Candidat | Python > Kandidat | Python > Candidato | Python > Employee
            Python > Applicant | Python > Bewerber | Python > Mitarbeiter | Python > Autoevaluación
            Python > Auto-évaluation | Python > Selbsteinschätzung | Python > Bewerber/in
        """,
        "skill python interviewer": """
            Python > Panel | Python > Manager | Python > Recruteur | Python > Team lead | Python > Peer
            Python > Évaluateur | Python > Führungskraft | Python > Fremdeinschätzung | Python > Entrevistador
            Python > Evaluador | Python > Recruiter
        """,
        "skill python self 1-10": "Python (1-10) > Candidate",
        "skill python interviewer 1-10": "Python > Panel (1-10)",
        "field name": """
            Python > Name | Python > Candidate name | Overview > Candidate | Skills matrix > Candidate
            Python developers > Candidate | Candidates > Candidate | Details > Candidate
            Python > Candidate name
        """,
        "skill python self 1-4": "Python (1-4) > Candidato",
        "field external_id": "Python > Candidate ID",
        "skill data_science self": "Data Science > Employee",
        "aside": "Manager > Candidate | Python > Status | Python > Date",
        "field notes": "Python > Notes | Python > Comments",
        "field email": "Python > Email",
        "unknown": "Target > Python",
    },
    "errors and ids are no headers": {
        "unknown": """
            #REF! | #N/A | #DIV/0! | #VALUE! | #NAME? | #NULL! | #NUM! | #BEZUG! | #NV | #WERT! | #NOMBRE?
            #¡REF! | #¿NOMBRE? | #NOM? | #SPILL! | #CALC! | C-8148 | C-12 | R-101 | C-2743 | R2D2 | C 8148
            C8148 | ID-4711 | EMP-0001 | EMP001 | P-3 | Q1 | R-1 | MA-1234 | K-17 | C-1 | #N/A! | # Skills? | #1
            #12 | 1
        """,
        "skill sql": "SQL-2019",
        "skill c": "C99",
        "skill cpp": "C++11",
        "skill java": "Java 17 | Java-17",
        "skill python": "Python-3",
        "skill python sql": "Python¹, SQL²",
        "skill java scala": "Java/Scala¹",
    },
    "languages and order": {
        "years python": "Python Exp",
        "skill python": "Py | Niveau Python | Nivel Python | Q2: Python",
        "skill python self": "Python (auto-évaluation) | Python (autoevaluación) | Auto-évaluation Python",
        "skill python interviewer": "Python - Fremdeinschätzung",
        "skill python 1-10": "Niveau Python (1-10)",
    },
}  # fmt: skip


def of(column):
    if column.kind in ("aside", "unknown"):
        return column.kind
    number = f"#{column.number}" if column.number else ""
    said = (column.kind, column.target, *column.also, number, column.rater, column.unit, str(column.scale or ""))
    return " ".join(filter(None, (*said, column.unread)))


def listed(text):
    for header in (part.strip() for line in text.strip().splitlines() for part in line.split(" | ")):
        over, _, own = header.rpartition(" > ")
        yield header, over, own.replace("¦", "|")


@pytest.mark.parametrize("kind", KINDS)
def test_headers_are_understood_or_unknown(reader, kind):
    expected = {header: said for said, headers in KINDS[kind].items() for header, _, _ in listed(headers)}
    found = {
        header: of(understand(0, own, reader, over))
        for text in KINDS[kind].values()
        for header, over, own in listed(text)
    }

    assert {header: said for header, said in found.items() if said != expected[header]} == {}
