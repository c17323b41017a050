"""The dashboard's main behaviours once more, on PostgreSQL."""

import pytest

from tests.browser.test_imports import test_activity_lists_all_operations_and_takes_them_back
from tests.browser.test_list import (
    test_a_chip_filters_and_counts_and_the_address_remembers_it,
    test_a_lead_is_created_in_the_dialog_and_stands_on_top,
    test_headers_sort_both_ways_and_say_so,
    test_more_is_loaded_below_and_no_lead_is_missing_or_shown_twice,
    test_typing_searches_and_keeps_the_filter_and_the_cursor,
)
from tests.browser.test_live import (
    test_a_change_in_one_tab_shows_in_another_and_a_new_lead_waits_behind_the_pill,
)
from tests.browser.test_plans import (
    file,
    test_a_file_is_checked_mended_by_clicks_and_imported_as_planned,
)
from tests.browser.test_triage import test_keys_walk_decide_and_take_back

__all__ = [
    "file",
    "test_a_change_in_one_tab_shows_in_another_and_a_new_lead_waits_behind_the_pill",
    "test_a_chip_filters_and_counts_and_the_address_remembers_it",
    "test_a_file_is_checked_mended_by_clicks_and_imported_as_planned",
    "test_a_lead_is_created_in_the_dialog_and_stands_on_top",
    "test_activity_lists_all_operations_and_takes_them_back",
    "test_headers_sort_both_ways_and_say_so",
    "test_keys_walk_decide_and_take_back",
    "test_more_is_loaded_below_and_no_lead_is_missing_or_shown_twice",
    "test_typing_searches_and_keeps_the_filter_and_the_cursor",
]


@pytest.fixture
def sqlite_url(postgres_url: str) -> str:
    """A PostgreSQL database where the browser's fixtures ask for a SQLite one."""
    return postgres_url
