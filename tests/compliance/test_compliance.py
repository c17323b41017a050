"""What the checker of a crawl's politeness lets pass, and what it names."""

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.compliance import TOLERANCE_SECONDS, Violation, check_compliance
from pipeline.fetch.requests import RequestRecord

EPOCH = 1_795_000_000.0


def asked(
    after: float,
    delay: float = 1.0,
    *,
    host: str = "a.example",
    seconds: float = 0.1,
    concurrency: int = 1,
    permission: str = "robots:allowed",
) -> RequestRecord:
    """Write down a request so many seconds after the epoch of these tests."""
    return RequestRecord(
        host, f"https://{host}/", EPOCH + after, delay, permission, concurrency, seconds
    )


def kinds(*records: RequestRecord) -> list[str]:
    """Check, and give only what kind of violation each is."""
    return [violation.kind for violation in check_compliance(records).violations]


def test_nothing_asked_is_nothing_wrong() -> None:
    report = check_compliance([])

    assert (report.requests, report.hosts, report.is_compliant) == (0, 0, True)


def test_requests_that_keep_their_distance_are_compliant() -> None:
    records = [asked(0), asked(1), asked(2.5), asked(0, host="b.example")]
    report = check_compliance(records)

    assert (report.requests, report.hosts, report.violations) == (4, 2, [])


def test_a_request_that_came_too_soon_is_named_with_what_it_lacks() -> None:
    (violation,) = check_compliance([asked(0), asked(0.75)]).violations

    assert violation.seconds_short == pytest.approx(0.25, abs=1e-6)
    assert violation == Violation("a.example", EPOCH + 0.75, "too_soon", violation.seconds_short)


def test_the_delay_is_what_is_owed_before_a_request_not_after_it() -> None:
    assert kinds(asked(0, 10), asked(1, 1)) == []
    assert kinds(asked(0, 1), asked(1, 10)) == ["too_soon"]


def test_what_clocks_differ_by_is_no_violation() -> None:
    assert kinds(asked(0), asked(1 - TOLERANCE_SECONDS / 2)) == []
    assert kinds(asked(0), asked(1 - TOLERANCE_SECONDS * 2)) == ["too_soon"]
    assert kinds(asked(0), asked(3_599, 3_600)) == []


def test_one_request_at_a_time_means_one() -> None:
    assert kinds(asked(0, 0, seconds=5), asked(1, 0)) == ["too_many_at_once"]
    assert kinds(asked(0, 0, seconds=5), asked(5, 0)) == []


def test_a_source_may_ask_for_more_at_once_but_not_for_more_than_that() -> None:
    two = [asked(n, 0, seconds=9, concurrency=2) for n in range(2)]

    assert kinds(*two) == []
    assert kinds(*two, asked(2, 0, concurrency=2)) == ["too_many_at_once"]
    assert kinds(*two, asked(9.5, 0, concurrency=2)) == []


@pytest.mark.parametrize("permission", ["", "robots", "robots:disallowed", "somebody"])
def test_a_request_without_permission_is_named(permission: str) -> None:
    assert kinds(asked(0, permission=permission)) == ["not_permitted"]


@pytest.mark.parametrize("permission", ["robots:allowed", "robots:none", "robots.txt"])
def test_these_permissions_count(permission: str) -> None:
    assert kinds(asked(0, permission=permission)) == []


def test_a_request_that_nobody_answered_does_not_run_for_ever() -> None:
    assert kinds(asked(0, seconds=0), asked(1)) == []


@given(
    st.lists(
        st.builds(
            asked,
            st.floats(0, 100),
            st.floats(0, 5),
            host=st.sampled_from("ab"),
            seconds=st.floats(0, 9),
            concurrency=st.integers(1, 3),
            permission=st.sampled_from(["robots:none", "no"]),
        )
    ),
    st.randoms(use_true_random=False),
)
def test_the_order_of_the_records_does_not_matter(
    records: list[RequestRecord], chance: random.Random
) -> None:
    shuffled = list(records)
    chance.shuffle(shuffled)

    assert sorted(kinds(*shuffled)) == sorted(kinds(*records))


def test_a_hundred_thousand_requests_are_checked_in_a_moment() -> None:
    records = [asked(n, host=f"{n % 100}.example") for n in range(100_000)]
    began = time.process_time()

    assert check_compliance(records).is_compliant
    assert time.process_time() - began < 2
