"""The words people put at the head of a column, in English, German, French and Spanish.

Compared after `headers.folded`: case, accents, signs and underscores make no difference.
"""

from __future__ import annotations

from collections.abc import Mapping

FIELDS: Mapping[str, tuple[str, ...]] = {
    "external_id": (
        "id", "external id", "candidate id", "applicant id", "person id", "employee id", "reference", "candidate ref",
        "ref", "candidate number", "candidate no", "application id", "ats id", "talent id", "profile id",
        "kandidaten id", "kandidatennummer", "bewerber id", "bewerbernummer", "bewerber nr", "kennung", "referenz",
        "identifiant", "id candidat", "numero de candidat", "référence", "identificador", "id candidato",
        "id del candidato", "número de candidato", "referencia",
    ),
    "name": (
        "name", "full name", "candidate", "candidate name", "applicant", "applicant name", "person", "employee",
        "candidates", "applicants", "consultant", "name of candidate",
        "vollständiger name", "vor und nachname", "name vorname", "kandidat", "kandidatin", "kandidat in", "bewerber",
        "bewerberin", "bewerber in", "bewerbername", "name des kandidaten", "name des bewerbers", "mitarbeiter",
        "nom complet", "nom et prénom", "prénom et nom", "nom prénom", "prénom nom", "candidat", "candidate e",
        "nom du candidat", "nombre", "nombre completo", "nombre y apellido", "nombre y apellidos",
        "apellidos y nombre", "candidato", "candidata", "nombre del candidato",
    ),
    "first_name": (
        "first name", "firstname", "given name", "given names", "forename", "vorname", "vornamen", "rufname",
        "prénom", "prénoms", "nombre de pila", "nombres", "primer nombre",
    ),
    "last_name": (
        "last name", "lastname", "surname", "family name", "nachname", "familienname", "zuname", "nom",
        "nom de famille", "apellido", "apellidos", "primer apellido",
    ),
    "email": (
        "email", "e mail", "mail", "email address", "e mail address", "contact email", "mailadresse", "e mail adresse",
        "email adresse", "courriel", "adresse e mail", "adresse email", "adresse électronique", "mél", "correo",
        "correo electrónico", "dirección de correo", "dirección de correo electrónico",
    ),
    "years_experience": (
        "years", "years of experience",
        "years of exp",
        "yrs of exp",
        "exp in years",
        "exp in yrs",
        "total exp", "years experience", "years exp", "yrs", "yrs exp", "yrs of experience", "yoe",
        "experience", "experience years", "experience yrs", "experience in years", "total experience", "total years",
        "total years of experience", "exp", "exp years", "exp yrs", "work experience", "work experience years",
        "relevant experience", "years relevant",
        "berufserfahrung", "berufserfahrung jahre", "berufserfahrung in jahren", "jahre", "jahre erfahrung",
        "jahre berufserfahrung", "erfahrung", "erfahrung jahre", "erfahrung in jahren", "arbeitserfahrung",
        "arbeitserfahrung jahre", "berufsjahre",
        "expérience", "expérience années", "expérience ans", "années", "années d expérience", "ans d expérience",
        "nombre d années d expérience", "expérience professionnelle", "expérience professionnelle années",
        "expérience en années", "expérience totale",
        "experiencia", "experiencia años", "años", "años de experiencia", "experiencia en años",
        "experiencia laboral", "experiencia laboral años", "experiencia profesional", "experiencia total",
    ),
    "skills": (
        "skills", "skill", "skill set", "skillset", "key skills", "main skills", "technical skills", "tech skills",
        "technologies", "tech stack", "stack", "tools", "tools and technologies", "competencies", "core skills",
        "other skills", "further skills", "skills list", "list of skills", "technology", "skill name", "competency",
        "kenntnisse", "fähigkeiten", "faehigkeiten", "fertigkeiten", "kompetenzen", "kompetenz", "kenntnis",
        "fähigkeit", "technologien", "technische kenntnisse", "it kenntnisse", "fachkenntnisse", "werkzeuge",
        "weitere kenntnisse", "compétences", "compétence", "compétences techniques", "compétences clés",
        "savoir faire", "outils", "technologie", "autres compétences", "habilidades", "habilidad",
        "competencias", "competencia", "conocimientos", "tecnologías", "tecnología", "herramientas", "aptitudes",
        "habilidades técnicas", "conocimientos técnicos", "otras habilidades",
    ),
    "headline": (
        "headline", "title", "job title", "current title", "current role", "role", "position", "current position",
        "current job", "applied for", "applied role", "target role", "current job title", "last title", "last position",
        "last role",
        "titel", "stelle", "rolle", "funktion", "berufsbezeichnung", "aktuelle position", "aktuelle stelle",
        "beruf", "letzter titel", "letzte position", "letzte stelle",
        "poste", "poste actuel", "dernier poste", "titre", "intitulé du poste", "fonction", "métier",
        "puesto", "puesto actual", "último puesto", "cargo", "cargo actual", "título", "rol", "posición",
    ),
    "company": (
        "company", "current company", "employer", "current employer", "organization", "organisation",
        "firma", "unternehmen", "arbeitgeber", "aktueller arbeitgeber", "aktuelles unternehmen",
        "entreprise", "entreprise actuelle", "employeur", "employeur actuel", "société",
        "empresa", "empresa actual", "empleador", "compañía",
    ),
    "summary": (
        "summary", "profile", "about", "about me", "bio", "professional summary", "career summary", "profile summary",
        "executive summary", "zusammenfassung", "profil", "kurzprofil", "über mich", "résumé du profil",
        "à propos", "présentation", "resumen", "perfil", "sobre mí", "perfil profesional", "resumen profesional",
    ),
    "text": (
        "text", "resume", "resume text", "cv", "cv text", "curriculum vitae", "cover letter", "work history",
        "employment history", "job history", "career history", "lebenslauf", "anschreiben", "werdegang",
        "beruflicher werdegang", "lettre de motivation", "parcours", "parcours professionnel",
        "carta de presentación", "historial laboral", "trayectoria", "currículum",
    ),
    "notes": (
        "notes", "note", "comments", "comment", "remarks", "remark", "recruiter notes", "interviewer notes",
        "interview notes", "feedback", "notizen", "notiz", "bemerkung", "bemerkungen", "anmerkung", "anmerkungen",
        "kommentar", "kommentare", "remarque", "remarques", "commentaire", "commentaires", "notas", "nota",
        "comentario", "comentarios", "observaciones", "observations",
    ),
    "skill_level": (
        "level", "rating", "proficiency", "score", "skill level", "skill rating", "proficiency level", "grade",
        "competency level", "niveau", "stufe", "kenntnisstand", "bewertung", "einstufung", "maîtrise", "évaluation",
        "nivel", "dominio", "puntuación", "valoración", "calificación",
    ),
    "skill_years": (
        "years of use", "years used", "skill years", "years with skill", "years with it", "skill experience",
        "skill experience years", "jahre nutzung", "erfahrung mit", "années d utilisation", "años de uso",
    ),
    "skill_last_used": (
        "last used", "last use", "last used on", "last used in", "year last used", "zuletzt verwendet",
        "zuletzt genutzt", "zuletzt benutzt", "letzte nutzung", "dernière utilisation", "utilisé en dernier",
        "último uso", "usado por última vez",
    ),
}  # fmt: skip
"""Fields of a candidate; the last three are of a table that has a row for each skill of a person."""

PERSONAL = (
    "gender", "sex", "age", "date of birth", "dob", "birth date", "birthday", "year of birth", "nationality",
    "citizenship", "marital status", "photo", "picture", "address", "city", "country", "location", "phone", "mobile",
    "telephone", "school", "university", "graduation year", "ethnicity", "religion", "pronouns", "phone number",
    "disability", "children", "place of birth", "salutation",
    "geschlecht", "alter", "geburtsdatum", "geburtstag", "geburtsjahr", "geburtsort", "nationalität",
    "staatsangehörigkeit", "staatsbürgerschaft", "familienstand", "foto", "bild", "adresse", "anschrift", "wohnort",
    "ort", "stadt", "land", "telefon", "telefonnummer", "handy", "mobil", "schule", "universität", "hochschule",
    "abschlussjahr", "konfession", "anrede", "behinderung", "kinder",
    "genre", "sexe", "âge", "date de naissance", "année de naissance", "lieu de naissance", "nationalité",
    "citoyenneté", "état civil", "situation familiale", "photographie", "ville", "pays", "téléphone", "portable",
    "école", "université", "civilité", "handicap", "enfants", "année de diplôme",
    "género", "sexo", "edad", "fecha de nacimiento", "año de nacimiento", "lugar de nacimiento", "nacionalidad",
    "ciudadanía", "estado civil", "fotografía", "dirección", "domicilio", "ciudad", "país", "teléfono", "móvil",
    "escuela", "universidad", "religión", "discapacidad", "hijos", "año de graduación",
)  # fmt: skip
"""What is said of a person, never of the work: kept apart, never scored."""

OURS = ("what to mend", "row in your file")
"""Columns that our workbook of rejected rows adds: sent again, they are passed over."""

WHOLE_OR_HALF = ("name", "nombre")
"""Headers of a whole name, or of the half that the column beside them does not hold."""

YEARS = r"(?:years?|yrs?|jahre?n?|ann[ée]es?|ans|años?)"
"""The word for years beside a skill's name, as a pattern."""

OF = r"(?:of|with|in|mit|in|de|d|en|con)"
"""The words between years and a skill, as a pattern."""

LEVELS = r"(?:level|rating|score|proficiency|grade|points|niveau|stufe|bewertung|kenntnisse|maîtrise|nivel|puntuación)"
"""The words after a skill for how well it is known, as a pattern."""
