"""The roles: the skills matrix, and each rubric in words for people who hire."""

from __future__ import annotations

from flask import Response

from service.core.rubric import compile_table
from service.usecases import rubrics, versions
from service.usecases.lint import look_over
from service.usecases.pools import ask_stored
from service.web import pages

blueprint = pages.blueprint("rubric_pages")


@blueprint.get("/roles")
def matrix() -> Response:
    """Show the skills matrix over all roles."""
    return pages.page("roles.html", matrix=rubrics.matrix(pages.house().library))


@blueprint.get("/roles/<role>")
def show(role: str) -> Response:
    """Show a rubric: criteria, levels, weights, markers, provenance."""
    library = pages.house().library
    rubric = library.get(role)
    table = compile_table(rubric, pages.asked_seniority())
    names = {id_: skill.name for id_, skill in library.vocabulary.skills.items()}
    full = dict(zip((row.id for row in table.rows), table.full, strict=True))
    house = pages.house()
    told = ask_stored(house, table, house.today, lambda pool: look_over(table, pool, names))
    return pages.page(
        "role.html", rubric=rubric, names=names, full=full, versions=versions.versions(house, role)["versions"],
        findings=told["findings"], total=told["total"],
    )  # fmt: skip
