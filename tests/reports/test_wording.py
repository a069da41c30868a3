import pytest

from service.reports import wording


@pytest.mark.parametrize(
    ("low", "high", "ceiling", "words"),
    [(0, 5, 5, "?"), (0.0, 0.0, 5, 0), (2.0, 5.0, 5, "2–5"), (2.5, 2.5, 5, 2.5), (0.0, 3.0, 5, "0–3"), (0, 4, 4, "?")],
)
def test_unknown_is_a_question_mark_and_partly_known_a_span(low, high, ceiling, words):
    assert wording.shown(low, high, ceiling) == words


@pytest.mark.parametrize(
    ("years", "high", "words"), [(None, None, "?"), (4.0, 4.0, 4), (4.5, None, 4.5), (6.0, 6.67, "6–6.67")]
)
def test_years_are_a_figure_a_span_or_unknown(years, high, words):
    assert wording.shown_years({"years": years, "years_high": high}) == words


def test_a_span_has_the_shade_of_its_lower_end_and_unknown_is_grey():
    badges = wording.heat_badges([3, "0–2", "5–5", "?", None])

    assert badges == {"0–2": wording.LOWEST, "5–5": wording.HIGHEST, "?": wording.UNKNOWN_FILL}


def luminance(colour):
    channels = [part / 255 for part in bytes.fromhex(colour)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize(
    "fill",
    [
        *wording.REQUIREMENTS.values(),
        *wording.GATES.values(),
        *wording.STATES.values(),
        *wording.SENIORITIES.values(),
        *(wording.LOWEST, wording.HIGHEST, wording.UNKNOWN_FILL),
    ],
)
def test_dark_text_is_readable_on_every_colour(fill):
    assert (luminance(fill) + 0.05) / (luminance("1F2933") + 0.05) >= 4.5
