import datetime as dt
import time

import pytest

from service.core.time import PRESENT, TICKS, months_together, tick, tick_of
from service.intake.dates import LONGEST_DATE, end_of, of_epoch_ms, span_in, span_of, start_of

AS_OF = tick_of(dt.date(2026, 11, 20))


def ticks(text):
    """The interval of "2019-05-01", or of "2019-01 2020-01" where a date is known to within the two."""
    if text == "now":
        return PRESENT
    days = [tick(*map(int, day.split("-"))) for day in text.split()]
    return days[0], days[-1]


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        ("2024-01-01", "2024-12-31", (12, 12)),
        ("2022-01", "2023-12", (24, 24)),
        ("2022-01-01", "2024-01-01", (24, 24)),
        ("2022-03-01", "2024-02-28", (23, 23)),
        ("2022-03-01", "2024-02-29", (24, 24)),
        ("2021-11-20", None, (60, 60)),
        ("2021-11-20", "present", (60, 60)),
        ("2021-11-20", "Current", (60, 60)),
        ("2016", "2018", (12, 36)),
        (2016, 2016, (0, 12)),
        ("2016-06", "2018", (19, 31)),
        (dt.date(2020, 1, 1), dt.date(2020, 6, 30), (6, 6)),
        ("2030-01", None, (0, 0)),
    ],
)
def test_a_job_lasts_as_long_as_its_dates_say(start, end, months):
    assert months_together([span_of(start, end)], AS_OF) == months


DATES = [
    ("2019", "2019-01 2020-01", "2019-01 2020-01"),
    (2019, "2019-01 2020-01", "2019-01 2020-01"),
    (2019.0, "2019-01 2020-01", "2019-01 2020-01"),
    ("'19", "2019-01 2020-01", "2019-01 2020-01"),
    ("’98", "1998-01 1999-01", "1998-01 1999-01"),
    ("2020-03", "2020-03", "2020-04"),
    ("2020-3", "2020-03", "2020-04"),
    ("2020/03", "2020-03", "2020-04"),
    ("2020.12", "2020-12", "2021-01"),
    ("03/2018", "2018-03", "2018-04"),
    ("3-2018", "2018-03", "2018-04"),
    ("05.2019", "2019-05", "2019-06"),
    ("03/18", "2018-03", "2018-04"),
    ("2019-05-20", "2019-05-20", "2019-05-21"),
    ("2019/05/20", "2019-05-20", "2019-05-21"),
    (" 2019-05-20 ", "2019-05-20", "2019-05-21"),
    ("2019-05-20T10:00:00Z", "2019-05-20", "2019-05-21"),
    ("2019-05-20 10:00:00.000 +0200", "2019-05-20", "2019-05-21"),
    ("20.05.2019", "2019-05-20", "2019-05-21"),
    ("5.3.2019", "2019-03-05", "2019-03-06"),
    ("13/5/2019", "2019-05-13", "2019-05-14"),
    ("5/13/2019", "2019-05-13", "2019-05-14"),
    ("5/5/2019", "2019-05-05", "2019-05-06"),
    ("1/5/2019", "2019-01-05 2019-05-01", "2019-01-06 2019-05-02"),
    ("01-05-19", "2019-01-05 2019-05-01", "2019-01-06 2019-05-02"),
    ("31/1/2019", "2019-01-31", "2019-02-01"),
    ("29 Feb 2020", "2020-02-29", "2020-03-01"),
    ("20 May 2019", "2019-05-20", "2019-05-21"),
    ("May 20, 2019", "2019-05-20", "2019-05-21"),
    ("May 20th 2019", "2019-05-20", "2019-05-21"),
    ("1st of March 2019", "2019-03-01", "2019-03-02"),
    ("20-May-2019", "2019-05-20", "2019-05-21"),
    ("May 2019", "2019-05", "2019-06"),
    ("MAY, 2019", "2019-05", "2019-06"),
    ("Sept. 2018", "2018-09", "2018-10"),
    ("sep 2018", "2018-09", "2018-10"),
    ("Sep '18", "2018-09", "2018-10"),
    ("Jan-19", "2019-01", "2019-02"),
    ("2019 June", "2019-06", "2019-07"),
    ("März 2020", "2020-03", "2020-04"),
    ("Ma\u0308rz 2020", "2020-03", "2020-04"),
    ("5. Dezember 2019", "2019-12-05", "2019-12-06"),
    ("Jänner 2020", "2020-01", "2020-02"),
    ("janv. 2020", "2020-01", "2020-02"),
    ("févr. 2020", "2020-02", "2020-03"),
    ("1er août 2019", "2019-08-01", "2019-08-02"),
    ("enero 2019", "2019-01", "2019-02"),
    ("3 de septiembre de 2019", "2019-09-03", "2019-09-04"),
    ("Q3 2021", "2021-07 2021-10", "2021-07 2021-10"),
    ("2021 Q4", "2021-10 2022-01", "2021-10 2022-01"),
    ("2021-Q1", "2021-01 2021-04", "2021-01 2021-04"),
    ("Summer 2019", "2019-06 2019-09", "2019-06 2019-09"),
    ("Herbst 2019", "2019-09 2019-12", "2019-09 2019-12"),
    ("Winter 2019", "2019-01 2020-04", "2019-01 2020-04"),
    (dt.date(2019, 5, 20), "2019-05-20", "2019-05-21"),
    (dt.datetime(2019, 5, 31, 23, 59), "2019-05-31", "2019-06"),  # noqa: DTZ001 - as a sheet has it
]


@pytest.mark.parametrize(("written", "begin", "end"), DATES, ids=[str(case[0]) for case in DATES])
def test_dates_as_people_write_them(written, begin, end):
    assert start_of(written) == ticks(begin)
    assert end_of(written) == ticks(end)


@pytest.mark.parametrize(
    "written",
    [
        "present", "Present.", "Current", "currently", "now", "today", "to date", "till date", "Until now", "till now",
        "ongoing", "up to now", "heute", "bis heute", "aktuell", "aujourd’hui", "à ce jour", "présent", "actualidad",
        "hasta la fecha", "9999-12-31", dt.date(9999, 12, 31),
    ],
)  # fmt: skip
def test_what_goes_on_ends_at_present_and_begins_never(written):
    assert end_of(written) == PRESENT
    assert start_of(written) is None


@pytest.mark.parametrize(
    "written",
    [
        "", "soon", "20", "2020-13", "2020-00", "2020-02-30", "31 Feb 2019", "Feb 29, 2021", "13/2019", "32.1.2019",
        "13/13/2019", "0/5/2019", "1066", "1066-10-14", "1939", "2051", "2099-01", "12345", "20190501", "may",
        "Jan 19", "date", "still", "2019 something", "2019-05 - 2020-06", "Smarch 2019", "Q5 2020", "1990s",
        "2019-05-01x", "presentation", None, True, [], {}, 2019.5, 5, -2019, float("nan"), float("inf"),
        "2019 " * 100, b"2019",
    ],
    ids=repr,
)  # fmt: skip
def test_what_is_no_date_of_anybodys_work_is_none(written):
    assert start_of(written) is None
    assert end_of(written) is None


def test_a_source_that_puts_the_month_first_is_read_so():
    assert start_of("1/5/2019", us=True) == ticks("2019-01-05")
    assert end_of("01/31/2019", us=True) == ticks("2019-02-01")
    assert start_of("13/5/2019", us=True) is None
    assert span_of("1/5/2019", "2/5/2019", us=True) == (ticks("2019-01-05"), ticks("2019-02-06"))
    assert span_in("1/5/2019 - 2/5/2019", us=True) == (ticks("2019-01-05"), ticks("2019-02-06"))


SPANS = [
    ("Jan 2020 – present", "2020-01", "now"),
    ("Jan 2020 - Present (6 yrs 2 mos)", "2020-01", "now"),
    ("03/2018 - till date", "2018-03", "now"),
    ("March 2020 to date", "2020-03", "now"),
    ("2019 until now", "2019-01 2020-01", "now"),
    ("2016–2018", "2016-01 2017-01", "2018-01 2019-01"),
    ("2016—2018", "2016-01 2017-01", "2018-01 2019-01"),
    ("2018-19", "2018-01 2019-01", "2019-01 2020-01"),
    ("2019 - 2021 (2 years)", "2019-01 2020-01", "2021-01 2022-01"),
    ("from 2019 to 2021", "2019-01 2020-01", "2021-01 2022-01"),
    ("'19–'21", "2019-01 2020-01", "2021-01 2022-01"),
    ("2020-03 - 2021-05", "2020-03", "2021-06"),
    ("2020-03-10 to 2021-05-31", "2020-03-10", "2021-06"),
    ("03/2018-05/2019", "2018-03", "2019-06"),
    ("3/18 – 5/20", "2018-03", "2020-06"),
    ("01.2019 bis 03.2020", "2019-01", "2020-04"),
    ("Jan – Mar 2020", "2020-01", "2020-04"),
    ("Jan-19 – Mar-20", "2019-01", "2020-04"),
    ("Dec. 2019 → Feb. 2020", "2019-12", "2020-03"),
    ("20 May 2019 - 3 June 2019", "2019-05-20", "2019-06-04"),
    ("Summer 2019 to Q1 2020", "2019-06 2019-09", "2020-01 2020-04"),
    ("März 2020 – heute", "2020-03", "now"),
    ("janv. 2020 – aujourd'hui", "2020-01", "now"),
    ("juillet 2019 à août 2020", "2019-07", "2020-09"),
    ("enero 2019 – actualidad", "2019-01", "now"),
    ("de enero de 2019 a marzo de 2020", "2019-01", "2020-04"),
    ("since 2019", "2019-01 2020-01", "now"),
    ("Since May 2019, in two teams", "2019-05", "now"),
    ("seit 03/2019", "2019-03", "now"),
    ("depuis mars 2018", "2018-03", "now"),
    ("desde 2018", "2018-01 2019-01", "now"),
    ("2019 –", "2019-01 2020-01", "now"),
    ("Data engineer, Jan 2016 – Dec 2018, Lisbon", "2016-01", "2019-01"),
    ("2019–2021, that is 2019–2021", "2019-01 2020-01", "2021-01 2022-01"),
    ("May 2019", "2019-05", "2019-06"),
    ("2019", "2019-01 2020-01", "2019-01 2020-01"),
    ("2010-12", "2010-12", "2011-01"),
]


@pytest.mark.parametrize(("text", "begin", "end"), SPANS, ids=[case[0] for case in SPANS])
def test_stretches_of_time_as_people_write_them(text, begin, end):
    assert span_in(text) == (ticks(begin), ticks(end))


@pytest.mark.parametrize(
    "text",
    [
        "", "present", "2021 - 2019", "Jan 2020 – Dec 2019", "2020-13 - 2021", "1066–1070", "2016–2018, 2019–2020",
        "call 0171-2016-2018", "v2016-2018x", "build 2019-2020-77", "in 2019 and 2020", "31 Feb 2019 – now",
        "March of the penguins", "2019 and more",
    ],
)  # fmt: skip
def test_a_text_without_one_stretch_that_can_be_tells_of_none(text):
    assert span_in(text) is None


def test_milliseconds_are_a_day_in_utc():
    assert of_epoch_ms(1_525_132_800_000) == dt.date(2018, 5, 1)
    assert of_epoch_ms(1_525_132_799_999) == dt.date(2018, 4, 30)
    assert of_epoch_ms(0) == dt.date(1970, 1, 1)
    assert [of_epoch_ms(wrong) for wrong in (None, True, "5", 1.5, 10**18, -(10**18))] == [None] * 6


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece",
    [
        "1", "1 ", "2019-", "2019 - ", "jan ", "1.1.", "-", "'", "since ", "may 2019 to ", "12 de ", "q3 ",
        "2019 to 20", "2019-01-01 00:00 ", "a\u0301\u0316", "present",
    ],
)  # fmt: skip
def test_no_text_takes_long(piece):
    text = piece * (200_000 // len(piece))
    begun = time.process_time()
    span_in(text)
    assert start_of(text) is end_of(text) is None
    assert time.process_time() - begun < 2


def test_a_long_text_is_no_date():
    assert start_of("May" + " " * LONGEST_DATE + "2019") is None


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("soon", "2020"),
        ("2020-13", "2021"),
        ("2020-02-30", None),
        ("2022", "2020"),
        (True, None),
        ("20", "21"),
        ([], None),
    ],
)
def test_dates_that_cannot_be_are_none(start, end):
    assert span_of(start, end) is None


def test_overlapping_jobs_count_once():
    jobs = [span_of("2018-01", "2020-12"), span_of("2019-01", "2021-12"), span_of("2019-05", "2019-06")]
    assert months_together(jobs, AS_OF) == (48, 48)


def test_a_year_is_known_to_within_the_year():
    assert start_of("2019") == (tick(2019), tick(2020))
    assert end_of("2019") == (tick(2019), tick(2020))
    assert end_of("2019-02") == (tick(2019, 2) + TICKS,) * 2
    assert end_of("till date") == PRESENT
