"""The words people put at the head of a column, in English, German, French and Spanish.

Compared after `headers.folded`: case, accents, signs and underscores make no difference.
"""

from __future__ import annotations

from collections.abc import Mapping

FIELDS: Mapping[str, tuple[str, ...]] = {
    "external_id": (
        "id", "external id", "candidate id", "applicant id", "person id", "employee id", "reference", "candidate ref",
        "ref", "candidate number", "candidate no", "application id", "ats id", "talent id", "profile id",
        "external ref", "external reference", "unique id", "record id", "system id", "user id", "empid", "uuid",
        "uid",
        "kandidaten id", "kandidatennummer", "personalnummer", "mitarbeiternummer", "personal nr", "pers nr",
        "ma nummer", "guid", "bewerber id", "bewerbernummer",
        "bewerber nr", "kennung", "referenz", "identifiant", "id candidat", "numero de candidat", "référence",
        "matricule", "identificador", "id candidato", "id del candidato", "número de candidato", "referencia",
        "legajo", "código", "código do candidato", "bewerbernr", "kandidatennr", "mitarbeiternr", "personalnr",
        "matrícula", "matricola",
        "personeelsnummer", "id nummer", "req candidate", "req candidate no",
    ),
    "name": (
        "name", "full name", "candidate", "candidate name", "applicant", "applicant name", "person", "employee",
        "candidates", "applicants", "consultant", "name of candidate", "team member", "team members", "staff",
        "staff member", "resource", "colleague", "associate", "member", "participant", "respondent", "individual",
        "people", "employees", "consultants", "name and surname", "first and last name", "first name last name",
        "last name first name", "surname and name", "vollständiger name", "vor und nachname", "name vorname",
        "kandidat", "kandidatin", "kandidat in", "bewerber", "bewerberin", "bewerber in", "bewerbername",
        "name des kandidaten", "name des bewerbers", "mitarbeiter", "mitarbeiterin", "mitarbeiter in",
        "mitarbeitername", "teammitglied", "kollege", "berater", "beraterin", "vorname nachname", "vorname name",
        "nachname vorname", "vorname und nachname", "name und vorname", "nom complet", "nom et prénom",
        "prénom et nom",
        "nom prénom", "prénom nom", "candidat", "candidate e", "nom du candidat", "collaborateur", "collaboratrice",
        "salarié", "employé", "consultante", "nom et prénoms", "nombre", "nombre completo", "nombre y apellido",
        "nombre y apellidos", "apellidos y nombre", "candidato", "candidata", "nombre del candidato", "empleado",
        "empleada", "colaborador", "colaboradora", "nombre y apellidos del candidato", "persona",
        "candidat e", "candidato a", "kandidat innen", "bewerber innen", "mitarbeiter innen", "nome",
        "nome completo", "nome e cognome",
        "nome do candidato", "naam",
        "worker", "worker name", "developer", "engineer", "assignee", "user", "username", "user name", "who",
        "funcionário", "colaborador", "imię", "i̇sim", "isim", "ad", "tên", "pracownik", "zaměstnanec", "dipendente",
        "imię i nazwisko", "nazwisko i imię", "nome", "nome completo", "nome e cognome", "naam", "volledige naam",
        "namn", "navn", "nimi", "jméno", "jméno a příjmení", "ad soyad", "adı soyadı", "nume", "név", "имя", "фио",
        "氏名", "名前", "姓名", "名字", "이름", "성명", "الاسم", "الاسم الكامل", "שם", "שם מלא", "họ và tên",
        "ονοματεπώνυμο",
    ),
    "first_name": (
        "first name", "firstname", "given name", "given names", "forename", "vorname", "vornamen", "rufname",
        "prénom",
        "prénoms", "nombre de pila", "nombres", "primer nombre",
    ),
    "last_name": (
        "last name", "lastname", "surname", "family name", "nachname", "familienname", "zuname", "nom",
        "nom de famille", "apellido", "apellidos", "primer apellido", "cognome", "sobrenome",
    ),
    "email": (
        "email", "e mail", "mail", "email address", "e mail address", "contact email", "mailadresse",
        "e mail adresse",
        "email adresse", "courriel", "adresse e mail", "adresse email", "adresse électronique", "mél", "correo",
        "correo electrónico", "dirección de correo", "dirección de correo electrónico",
    ),
    "years_experience": (
        "years", "years of experience", "years of exp", "yrs of exp", "exp in years", "exp in yrs", "total exp",
        "years experience", "years exp", "yrs", "yrs exp", "yrs of experience", "yoe", "experience",
        "experience years",
        "experience yrs", "experience in years", "total experience", "total years", "total years of experience",
        "exp",
        "exp years", "exp yrs", "work experience", "work experience years", "relevant experience", "years relevant",
        "berufserfahrung", "berufserfahrung jahre", "berufserfahrung in jahren", "jahre", "jahre erfahrung",
        "jahre berufserfahrung", "erfahrung", "erfahrung jahre", "erfahrung in jahren", "arbeitserfahrung",
        "arbeitserfahrung jahre", "berufsjahre", "expérience", "expérience années", "expérience ans", "années",
        "années d expérience", "ans d expérience", "nombre d années d expérience", "expérience professionnelle",
        "expérience professionnelle années", "expérience en années", "expérience totale", "experiencia",
        "experiencia años", "años", "años de experiencia", "experiencia en años", "experiencia laboral",
        "experiencia laboral años", "experiencia profesional", "experiencia total",
    ),
    "skills": (
        "skills", "skill", "skill set", "skillset", "key skills", "main skills", "technical skills", "tech skills",
        "technologies", "tech stack", "stack", "tools", "tools and technologies", "competencies", "core skills",
        "other skills", "further skills", "skills list", "list of skills", "technology", "skill name", "competency",
        "kenntnisse", "fähigkeiten", "faehigkeiten", "fertigkeiten", "kompetenzen", "kompetenz", "kenntnis",
        "fähigkeit", "technologien", "technische kenntnisse", "it kenntnisse", "fachkenntnisse", "werkzeuge",
        "weitere kenntnisse", "compétences", "compétence", "compétences techniques", "compétences clés",
        "savoir faire",
        "outils", "technologie", "autres compétences", "habilidades", "habilidad", "competencias", "competencia",
        "conocimientos", "tecnologías", "tecnología", "herramientas", "aptitudes", "habilidades técnicas",
        "conocimientos técnicos", "otras habilidades", "competências", "competenze", "vaardigheden", "ferramentas",
        "strumenti",
    ),
    "headline": (
        "headline", "title", "job title", "current title", "current role", "role", "position", "current position",
        "current job", "applied for", "applied role", "target role", "current job title", "last title",
        "last position",
        "last role", "titel", "stelle", "rolle", "funktion", "berufsbezeichnung", "aktuelle position",
        "aktuelle stelle", "beruf", "letzter titel", "letzte position", "letzte stelle", "poste", "poste actuel",
        "dernier poste", "titre", "intitulé du poste", "fonction", "métier", "puesto", "puesto actual",
        "último puesto",
        "cargo", "cargo actual", "título", "rol", "posición",
    ),
    "company": (
        "company", "current company", "employer", "current employer", "organization", "organisation", "firma",
        "unternehmen", "arbeitgeber", "aktueller arbeitgeber", "aktuelles unternehmen", "entreprise",
        "entreprise actuelle", "employeur", "employeur actuel", "société", "empresa", "empresa actual", "empleador",
        "compañía",
    ),
    "summary": (
        "summary", "profile", "about", "about me", "bio", "professional summary", "career summary", "profile summary",
        "executive summary", "resume headline", "profile headline", "zusammenfassung", "profil", "kurzprofil",
        "über mich", "résumé du profil", "à propos",
        "présentation", "resumen", "perfil", "sobre mí", "perfil profesional", "resumen profesional",
    ),
    "text": (
        "text", "resume", "resume text", "cv", "cv text", "curriculum vitae", "cover letter", "work history",
        "employment history", "project details", "experience summary", "experience details",
        "work experience details", "work experience summary", "professional experience details",
        "professional experience summary", "project experience", "project description", "employment details",
        "job history", "career history", "lebenslauf", "anschreiben", "werdegang",
        "beruflicher werdegang", "lettre de motivation", "parcours", "parcours professionnel",
        "carta de presentación",
        "historial laboral", "trayectoria", "currículum",
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

ROW_NUMBERS = (
    "no", "n", "nr", "n o", "s no", "sno", "sr no", "srno", "sl no", "slno", "serial no", "serial number",
    "lfd nr", "lfdnr",
    "laufende nummer", "row", "row no", "row number", "zeile", "zeilennummer", "fila", "ligne",
)  # fmt: skip
"""What stands over the numbers of rows, and of no person. `#` and `N°` are read as `no`."""

OURS = ("what to mend", "row in your file")
"""Columns that our workbook of rejected rows adds: sent again, they are passed over."""

WHOLE_OR_HALF = ("name", "nombre", "nome")
"""Headers of a whole name, or of the half of it that the next column does not hold."""

# Most headers are put together from few words. A header is of a field if all its words are among the field's, and one
# of them is its noun: `Total IT Experience (in yrs)`. So `Company size` is no company, and `Skills gap` is no list.

TOGETHER: Mapping[str, str] = {
    "e mail": "email", "team member": "member", "staff member": "member", "first name": "firstname",
    "given name": "firstname", "last name": "lastname", "family name": "lastname", "skill set": "skillset",
    "skill sets": "skillset", "tech stack": "stack", "must have": "musthave", "nice to have": "nicetohave",
    "good to have": "nicetohave", "job title": "jobtitle", "post code": "postcode", "zip code": "zip",
    "to date": "todate", "till date": "todate", "time zone": "timezone", "last working day": "lwd",
    "last working date": "lwd",
    "know how": "expertise", "work ex": "workex", "take home": "takehome", "version control": "versioncontrol",
    "day rate": "tjm", "cell phone": "phone", "savoir faire": "expertise",
}  # fmt: skip
"""Words that mean something else together than alone, folded."""

ARTICLES = """
sont son sind que vous usted quels quelles cuales welche welches
a an and the of for s is are my your you me what which please enter provide list tell us or der die das des dem den
und von ihr ihre ihren sie bitte du de la le les l d et votre vos quel quelle est un une el los las del y su sus tu
tus cual es e o
"""
"""Words that may stand in any header of a field, and change nothing."""

PEOPLE = """
cand prospect postulante postulant teilnehmer salaries
candidate candidates applicant applicants employee emp staff person personnel consultant resource associate worker
talent member participant respondent contractor freelancer kandidat kandidaten bewerber bewerbers mitarbeiter
mitarbeiters candidat collaborateur salarie employe candidato empleado colaborador
"""
"""Words for the person a row describes."""

YEAR_WORDS = "years year yrs yr y jahre jahren jahr annees annee ans an anos ano anni jaren"
LISTED_FIRST = """
primary secondary tertiary key main top core major minor essential mandatory musthave nicetohave other
"""

NOUNS: Mapping[str, str] = {
    "email": """
        email emails mail mailid emailid mailadresse courriel correo
    """,
    "name": """
        name names nom nombre
    """,
    "first_name": """
        firstname forename vorname prenom
    """,
    "last_name": """
        lastname surname nachname familienname apellidos
    """,
    "years_experience": """
        workex
        experience experiences exp exper expr yoe experiance erfahrung berufserfahrung arbeitserfahrung
        gesamterfahrung experiencia yearsofexperience
    """,
    "skills": """
        knowledge specialization specializations specialisation speciality specialities specialties
        kernkompetenzen fachkompetenzen technologie connaissances logiciels tecnologia conocimiento
        skill skills skillset skillsets technologies technology tools tool stack techstack competencies competency
        competences competence expertise proficiencies kenntnisse fahigkeiten fertigkeiten kompetenzen technologien
                werkzeuge werkzeugen outils habilidades competencias conocimientos herramientas tecnologias tags tag
        keywords keyword
        schlagworte schwerpunkte stichworte etiquettes etiquetas skillname
    """,
    "headline": """
        stellenbezeichnung
        title titles designation position role headline occupation jobtitle profession stelle poste puesto cargo
    """,
    "company": """
        workplace
        company employer organization organisation org firm firma unternehmen arbeitgeber entreprise employeur societe
        empresa empleador compania
    """,
    "text": """
        trainings licenses licences
        responsibilities achievements accomplishments projects duties deliverables certifications certification
        certificates certificate certs zertifikate zertifizierungen verantwortlichkeiten aufgaben projekte erfolge
        certificats responsabilites projets realisations missions certificaciones certificados responsabilidades
        proyectos logros funciones
    """,
}
"""For each field its nouns, folded."""

BESIDE: Mapping[str, str] = {
    "email": """
        privat privee geschaftlich required mandatory obligatorio obligatoire pflichtfeld
        professionnel profile user contacts
        id ids address addresses adresse direccion primary personal private work official contact business main
        professional preferred secondary alternate alternative electronico electronique perso
    """,
    "name": """
        required mandatory obligatorio obligatoire pflichtfeld
        professional
        full complete legal whole display firstname lastname surname first last as per on in pan aadhar aadhaar
        passport official vollstandiger voller complet completo apellido apellidos prenom vorname nachname
    """,
    "first_name": """
        legal preferred middle
    """,
    "last_name": """
        legal
    """,
    "years_experience": """
        an nb
        todate
        months month monate mois meses mths in total overall tot work working professional prof relevant rel it tech
        industry combined cumulative career full time number no nr num nb how many do have has with to so far
        approx approximate approximately prior previous job employment software gesamt gesamte insgesamt anzahl
        einschlagige relevante berufliche wie viele haben hast totale professionnelle nombre pertinente combien avez
        vous en laboral profesional numero cuantos tiene tienes i as usted wieviele
    """,
    "skills": """
        summary programming software informatiques informatique edv maitrisees these regularly most often
        kommagetrennt kommasepariert separated by commas separees par virgules separadas por comas
        ha has usado utilizado utilizados utiliza usa conoce conoces domina maneja manejas trabajado con marque todas
        seleccione selecciona tiene tienes avez utilise deja plusieurs choix possibles maitrisez avec travaille cochez
                utilisee utilisees haben sie du hast genutzt eingesetzt angewendet setzen ein verwendet gearbeitet
        beherrschen beherrschst verwenden mit welchen mehrfachauswahl
        mehrfachnennung mehrfachnennungen moglich alle zutreffenden check following multiple choice
        daily comfortable select tick worked utilisez utilizas usas tecnologico tecnologicos dominas
        connaissez n fach analytical platforms languages databases frameworks libraries cloud
        it technical tech technological have has additional extra further current known used use using hard soft
        professional relevant comma separated semicolon select choose all that apply any do with know familiar
        experience proficient in strongest best areas area domain domains functional top5 ever work worked computer
        digital special specialist detailed details set mother wichtigste weitere technische besondere fachliche
        digitale verwendete welche haben benutzt nutzen kennen technique techniques principales principale cles cle
        professionnelles autres utilises maitrises tecnicas tecnicos clave otras profesionales informaticas
        informaticos
    """,
    "headline": """
        held aktuell actuelle occupe trabajo de
        current present last latest recent most existing resume profile job work working professional official
        linkedin aktuelle derzeitige letzte actuel dernier actual ultimo in
    """,
    "company": """
        current present last latest recent most existing name names working currently at in aktuelle aktueller
        aktuelles derzeitiger letzter letzte actuelle actuel derniere dernier nom actual ultima ultimo nombre
    """,
    "text": """
        key main major role roles job current past recent work professional academic personal project details
        description notable important career highlights it technical relevant in im berufliche wichtigste principales
        principaux laborales
    """,
}
"""For each field the words that may stand next to its nouns, and those for the person."""

ID_NOUNS = """
codigo codice id ids no number nr num code ref reference identifier nummer numero matricule kennung identifiant uid uuid
"""
ID_OF = f"""
{PEOPLE} profile resume cv application external source system unique record user internal payroll tracking ats global
"""
"""Words for what an id belongs to: `Emp. No.`, `Applicant ID`. A number without them may be that of a row."""

CATEGORIES = """
databases database frameworks framework libraries library platforms platform cloud os ide ides languages middleware
devops frontend backend methodologies methodology software servers tools technologies stack systems packages services
datenbanken programmiersprachen bibliotheken betriebssysteme plattformen sprachen langages bases bibliotheques
plateformes logiciels systemes lenguajes bibliotecas plataformas sistemas nube nuvem linguagens
"""
"""Nouns of what kinds of skills there are, each of which may head a list of skills."""

CATEGORY_WORDS = """
ml ai dl machine deep learning data cloud web front back end bi etl devops big visualization visualisation database
databases programming scripting query markup operating systems mlops llm llms genai gen generative nlp computer vision
versioncontrol build test testing ci cd container containers orchestration deployment storage stores store analytics
engineering science monitoring mobile security network networking infrastructure development dev application app
server message messaging queue streaming vector model serving training experiment tracking statistical numerical rdbms
sql nosql tool tools kits sdks apis office programmation donnees exploitation programacion datos operativos
"""
"""Words that may stand next to these nouns, and tell which kind."""

CATEGORY_MODIFIERS = """
other used use technical tech it known core main primary secondary key additional related sonstige weitere otros
autres
"""
"""Words that may stand next to these."""

SPOKEN_TOO = """
platform servers framework library languages sprachen software systems services bases systemes sistemas packages tools
idiomas langues
"""
"""Nouns that need a second word: `Languages` alone may be those that are spoken."""

ASIDE_NOUNS = """
postal added interview interviews hourly native place pass zeitpunkt
facebook twitter stackoverflow behance instagram xing currency curency aadhaar aadhar pan blood reason relocate np
takehome negotiable variable father mother spouse kinder passing major mode remote hybrid gdpr consent start
startdatum starttermin spoken parlees langues idiomas sprachkenntnisse permis lugar contacted assigned creation cover
selection english german french drivers driving language sprachlevel
link links timezone offer salariales salarial salariale activity ranking batch agency vendor
phone phones mobile telephone tel cell whatsapp skype telegram handy telefon telefonnummer mobil telefono movil
celular portable contact contacts kontakt kontaktnummer location locations city town state province region country zip
pin pincode postcode plz postleitzahl street address adresse direccion wohnort standort ort lieu localisation ville
ubicacion localidad ciudad ctc ectc cctc lpa salary salaries compensation pay package wage gehalt gehaltsvorstellung
gehaltswunsch gehaltsvorstellungen jahresgehalt salaire remuneration pretentions salario sueldo pretensiones
pretension tjm notice availability available verfugbarkeit verfugbar kundigungsfrist preavis disponibilite
disponibilidad preaviso gender sex dob age birth birthday birthdate nationality citizenship visa passport marital
religion caste linkedin github gitlab url website portfolio photo picture avatar pronouns relocate relocation travel
veteran ethnicity race disability permit authorization authorisation sponsorship clearance aufenthaltstitel
arbeitserlaubnis umzugsbereitschaft education qualification qualifications degree degrees college university institute
graduation graduate cgpa gpa ausbildung abschluss studium bildung diplome diplomes formation etudes educacion estudios
titulacion formacion status stage source sources sourced owner recruiter sourcer coordinator date dates timestamp
created updated requisition req vacancy job jobs posting opening client clients priority rejected rejection reason
hired disposition referral referred referrer attachment filename submitted submission applied round rounds result
decision shortlisted joining doj lwd serial sr sno slno sl department dept division branch shift manager supervisor
interviewer hiring workflow pipeline datum zeitstempel quelle abteilung bewerbungsdatum eintrittsdatum eingangsdatum
fecha marca fuente estado etapa departamento horodateur statut etape departement service candidature team equipo
equipe
"""
"""Nouns of what is about the person, or about the hiring, and never about the work."""

ASIDE_WORDS = f"""
codigo time languages language interviews sprachen
added desired code change leaving out group range day work mode year passing earliest fruhester levels skills level
can when conduire residencia creation time letter assigned contacted cv stock posted feedback exp proficiency known
speak read write native mother tongue city mail level visa sponsorship required
application jobtitle hand expectativa owner working resume apellido candidacy pretensions
{PEOPLE}
current present expected expectation expectations preferred no nr number numbers id ids type period in days day per
annum annual annually month months monthly fixed variable to join home work office permanent native place base basic
official alternate alternative emergency primary secondary personal other last first final next new start end hr inr
usd eur euro k lakhs lacs lakh title name code applied applying for position role detail details info information link
profile completed highest year passing passed by on at with level reported reporting offered offer looking willing
open interview interviewed call screening assessment added modified activity update contacted resume cv file created
history from until since earliest possible immediate hourly daily rate gross net brutto netto souhaite souhaitee
actuel actuelle actual esperado deseado nummer numero mobiles date datum earned field study specialization ug pg major
school high time zone timezone status stage eligibility eligible required serving served lwd negotiable country city
remarks if any yes flag work1 line region preference preferences short long legal live residence residing mit der zum
frage remote onsite hybrid dossier embauche ingreso aplicacion nacimiento
"""
"""Words that may stand next to these."""

# What a header says of a skill in addition to its name.

LEVEL_WORDS = """
note nota
level levels lvl rating ratings rate rated score scores scored proficiency grade grades points mark marks niveau
niveaus stufe bewertung einstufung beurteilung kenntnisstand maitrise nivel puntuacion dominio calificacion evaluation
evaluacion assessment notation valoracion einschatzung stars livello punteggio valutazione avaliacao pontuacao
classificacao beoordeling
"""
"""Words for how well a skill is known."""

KNOWING = """
skill skills knowledge ability abilities strength competence competency proficient expertise familiarity understanding
konnen kenntnisse kompetenz fahigkeit fahigkeiten wissen connaissance connaissances competences conocimiento
conocimientos
habilidad habilidades competencias competenze vaardigheden manejo
"""
"""Words for knowing it, which say nothing of how well."""

EXPERIENCE_WORDS = "experience exp experienced erfahrung experiencia"
LAST_WORDS = """
last latest year date used use usage using worked on in when did you it the letzte letztes letzter zuletzt verwendet
genutzt benutzt eingesetzt nutzung verwendung jahr wann haben derniere dernier utilisation utilise fois annee en d
ultimo ultima uso usado vez por ano fecha de utilizzo utilizacao laatst gebruikt
"""
LAST_USED = (
    "last used", "last use", "last usage", "last year used", "last worked", "last time used", "last year of use",
    "latest use", "latest usage", "did you last use", "you last used", "zuletzt verwendet",
    "zuletzt genutzt", "zuletzt benutzt", "zuletzt eingesetzt", "letzte nutzung", "letzte verwendung",
    "letzter einsatz", "derniere utilisation", "utilise en dernier", "ultimo uso", "usado por ultima vez",
    "ultima vez", "ultimo utilizzo", "ultima utilizacao", "laatst gebruikt",
)  # fmt: skip
"""How it is said when a skill was used last, folded."""

SINCE = ("since when", "since", "seit wann", "seit", "depuis quand", "depuis", "desde cuando", "desde")

SELF = """
self own assessed selfassessed selfrated selfassessment selfrating selfevaluation selbst selbsteinschatzung
selbstbewertung eigene eigenbewertung auto autoevaluation autoevaluacion yourself myself
"""
"""Words for the person who rates their own skill."""

RATERS = """
mgr tl round rounds
interviewer interviewers interview manager managers lead leads teamlead supervisor reviewer assessor panel panelist
recruiter peer peers evaluator examiner verified validated vorgesetzter vorgesetzte vorgesetzten fuhrungskraft
fremdeinschatzung fremdbewertung prufer evaluateur recruteur superviseur entretien entrevistador entrevista evaluador
jefe gerente reclutador mentor teamleiter vorgesetzt
"""
"""Words for a person who rates others."""

HELPERS = "review by line hiring tech technical team l1 l2 l3 hr external final first second direct"
"""Words that may stand next to these: `Hiring manager`, `Tech interview`."""

CERTAIN_RATERS = """
assessor entrevistador evaluador evaluateur evaluator examiner fremdbewertung fremdeinschatzung interviewed
interviewer interviewers reviewer
"""
"""Of these, those that are no job that a skill may stand before: `Python lead` is a title."""

QUALIFIERS = """
required optional mandatory musthave nicetohave preferred primary secondary core essential must have nice to main
pflicht pflichtfeld obligatoire obligatorio
"""
"""Words in brackets or behind a dash which only tell that an answer is required."""

QUESTION_WORDS = """
can program code
que evaluaria evaluarias valoraria valorarias
how would could you rate your in the following please do does have experience with are at is what which familiar
comfortable confident proficient skilled good well strong know many much using use used worked work working ever i my
me of for and each these those below areas select choose indicate evaluate assess own any a an on s candidate
applicant long professional professionally production hands practical commercial commercially actual programming
language it this been applicants candidates wie gut kennen sie ihre ihr ihren
bewerten schatzen haben mit konnen beherrschen du deine deinen kennst hast bitte ein ist die den der das im viele
lange von hoch folgenden comment evaluez evalueriez vous votre vos avez une un des connaissez maitrisez quel quelle
est avec utilise combien d de la le les l en niveau como calificarias calificaria tu su cual es con conoce conoces
tienes tiene sabes maneja manejas evalua evalue cuantos el domina dominas has usado del
"""
"""Words of the questions of forms in which a skill may stand."""

YES_OR_NO = """
do does have has are is can kennen kennst haben hast avez connaissez maitrisez conoces conoce tienes tiene sabes
"""
"""Words with which a question begins that asks for yes or no."""

LINKS = """
of in the your my for a s by with on de du en von der mit per no number nr total overall and or current aktuell
aktuelle
actuel actuelle actual
"""
"""Words between a skill and what is said of it."""

YOURS = """
su sus suo suoi sua suas seu seus tue tuo tuoi tua tuas teu uw jouw ta tes ton tiene
you your yourself i my sie ihre ihr ihren du deine deinen vous votre vos tu tus tienes has sabes conoces
"""
"""Words of a question that is put to the person themselves."""

NO_SKILLS = frozenset({"r and d", "c level", "c suite", "level c"})
"""Headers that look like one of a skill, folded."""

OTHERS = """
manager recruiter interviewer client customer project job requisition req emergency reference referee referrer
referred vacancy supervisor hiring father mother spouse guardian school college university account vendor agency
position company employer organization target required approver coordinator panel applied team
"""
"""Words over a column that make its name, id or e-mail one of something else."""

NEUTRAL = """
candidate candidates applicant applicants employee employees details detail information info overview profile general
personal experience work professional basic data master person people summary about and of the total career skills
matrix list kandidat kandidaten bewerber angaben daten ubersicht candidat informations profil candidato datos
informacion
"""
"""Words of titles over columns that change nothing of what the columns are."""

UNRATED = """
anforderung apprendre aprender average avg bedarf benchmark besoin cible count demand deseo desired development
dislike enjoy erforderlich expectation expectations expected formacion formation future gap gaps gewichtung goal goals
hate ideal importance important improve interes interesse interest interested interesting interests interet lack
lacking learn learning lernen like likes max mean mentor min minimum missing motivation necesario need needed needing
needs never next objectif objetivo peso plan planned planning plans poids prefer preference preferred prioridad
prioritat priorite priorities priority requerido require required requirement requirements requires requis schulung
benotigt exige exigida exigido requiere requieren requisito richiesto verlangt vereist soll sollwert souhait target
targets teach train trained training want wanted wants weight weighting weights wish
wished wishes wunsch ziel zielwert
"""
"""Words of columns about a skill that are no rating of what a person knows: a target, a wish, a weight."""
