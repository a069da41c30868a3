"""Files to keep, named for people."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import Any

import orjson
from flask import Response, send_file

from service.core.rubric import Rubric
from service.usecases.files import file_name

KINDS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv",
    "json": "application/json",
}


def shortlist(payload: Mapping[str, Any], rubric: Rubric, ending: str) -> Response:
    """Return a shortlist as a workbook, as CSV or as JSON."""
    from service.reports import shortlist as report  # noqa: PLC0415 - pandas is loaded when a table is drawn

    file = BytesIO()
    if ending == "xlsx":
        report.write_workbook(payload, rubric, file)
    elif ending == "csv":
        report.write_csv(payload, file)
    else:
        file.write(orjson.dumps(payload, default=str, option=orjson.OPT_INDENT_2))
    file.seek(0)
    name = file_name(payload, ending)
    return send_file(file, KINDS[ending], as_attachment=True, download_name=name, max_age=0)
