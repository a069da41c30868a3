"""What the pages cost over 10,000 candidates: `python tests/bench/pages.py`. Times are the server's own, in ms."""

from __future__ import annotations

import gzip
import statistics
import tempfile
import time
from pathlib import Path

PEOPLE, REPEAT = 10_000, 40
PAGE = "/shortlists/ml_engineer?seniority=senior&per_page=100"
ASSETS = ("pico.min.css", "rolefit.css", "htmx.min.js", "rolefit.js")


def client_of(folder: Path):
    """Return a client of a service with 10,000 people of 30 columns."""
    import material  # noqa: PLC0415 - the path to it is that of this file

    from service import server  # noqa: PLC0415
    from service.app import create_app  # noqa: PLC0415
    from service.config import Settings  # noqa: PLC0415
    from service.usecases import imports  # noqa: PLC0415

    app = create_app(Settings(data=folder / "data", log="off"))
    house = app.extensions["rolefit"]
    material.write_xlsx(house.library, PEOPLE, folder / "pool.xlsx", 25)
    server.settle_memory()
    imports.import_file(house, folder / "pool.xlsx", "pool.xlsx")
    return app.test_client(), house.library.rubrics["ml_engineer"].weights.criteria


def timed(client, paths, **options):
    """Print the median and the 95th percentile of the time to answer, and the size of an answer."""
    taken = []
    for path in paths:
        began = time.perf_counter()
        response = client.get(path, **options)
        taken.append((time.perf_counter() - began) * 1000)
        assert response.status_code == 200, path
    p95 = statistics.quantiles(taken, n=20)[-1]
    return f"median {statistics.median(taken):.0f}, p95 {p95:.0f}, {len(response.data) / 1000:.0f} kB"


def main() -> None:
    """Print all figures."""
    with tempfile.TemporaryDirectory() as folder:
        client, criteria = client_of(Path(folder))
        slider = next(iter(criteria))
        first = timed(client, [PAGE] * 2)
        sliders = [f"{PAGE}&w.{slider}={weight % 20}" for weight in range(REPEAT)]
        print(f"first view:            {first}")
        print(f"page of 100:           {timed(client, [PAGE] * REPEAT)}")
        print(f"re-rank on a slider:   {timed(client, sliders, headers={'HX-Request': 'true'})}")
        print(f"heat map of 100:       {timed(client, ['/heatmaps/ml_engineer?seniority=senior'] * REPEAT)}")
        sizes = [len(gzip.compress(client.get(f"/assets/{name}").data)) for name in ASSETS]
        print(f"CSS and JavaScript:    {sum(sizes) / 1000:.0f} kB gzipped")


if __name__ == "__main__":
    main()
