"""One malformed file for each error, named after it; the message is asserted to the letter.

Each file takes the place of one file of the sound edition beside it. Every problem
of the edition is listed, so that a test also fails when one error hides another or
drags others behind it.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from calculator.editions import read_edition
from calculator.editions.loader import MAX_BYTES
from calculator.errors import EditionError

HERE = Path(__file__).parent
HOURS = "training/initial_hours.yaml"
SALARY = "pay/officer/salary.yaml"
COURSE = "terms/course.yaml"

# error: (the file that it replaces, the problems as "path:line:column: what is wrong. What to do.")
FILES: dict[str, tuple[str, list[str]]] = {
    "alias": (
        HOURS,
        [
            "training/initial_hours.yaml:13:11: An alias repeats another part of the file. Write the "
            "part out in full.",
        ],
    ),
    "all_at_once": (
        HOURS,
        [
            "training/initial_hours.yaml:5:1: unit: unknown unit 'hour/oficer'. Did you mean "
            "hour/officer or hour/officer/year or hour/year? The list is calculator/units.py.",
            "training/initial_hours.yaml:10:34: Programs differ on how to read 12:30. Put quotes "
            "around it if it is text; write a number as 1200 or 0.35 and a date as 2026-01-31.",
            "training/initial_hours.yaml:11:5: values.0.grade: this is not on the list (found: 'F'). "
            "Use one of: A, B, C, D.",
            "training/initial_hours.yaml:16:27: values.1.amount.low: low (180) is above central "
            "(160). They are the 10th, 50th and 90th percentile and rise in that order.",
            "training/initial_hours.yaml:19:15: values.1.sources.0.id: a required key is missing. Add 'id:'.",
            "training/initial_hours.yaml:19:16: values.1.sources.0.idd: unknown key. Did you mean 'id'?",
        ],
    ),
    "asks_nobody": (
        HOURS,
        [
            "training/initial_hours.yaml:22:3: question.ask: this is not on the list (found: "
            "'mayor'). Use one of: sheriff or chief, federal agency, county attorney, risk manager, "
            "finance officer.",
        ],
    ),
    "bad_dispute": (
        HOURS,
        [
            "training/initial_hours.yaml:25:5: disputes.0.amount.central: a required key is missing. "
            "Add 'central:'.",
            "training/initial_hours.yaml:25:5: disputes.0.amount.high: a required key is missing. "
            "Add 'high:'.",
        ],
    ),
    "bad_id": (
        HOURS,
        [
            "training/initial_hours.yaml:2:1: id: the text has the wrong form (found: 'Training "
            "Hours'). It must match ^[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)*$.",
        ],
    ),
    "binary": (
        HOURS,
        [
            "training/initial_hours.yaml:2:5: The file is not UTF-8 text. Save it as plain UTF-8 text.",
        ],
    ),
    "byte_order_mark": (
        HOURS,
        [
            "training/initial_hours.yaml:1:1: The file begins with a byte-order mark. Save it as UTF-8 "
            "without one.",
        ],
    ),
    "clock_time": (
        HOURS,
        [
            "training/initial_hours.yaml:10:34: Programs differ on how to read 12:30. Put quotes "
            "around it if it is text; write a number as 1200 or 0.35 and a date as 2026-01-31.",
        ],
    ),
    "colon_in_text": (
        HOURS,
        [
            "training/initial_hours.yaml:3:24: A colon stands where none can be. Put quotes around "
            "text that holds ': ', or correct the indent.",
        ],
    ),
    "column_of_text": (
        SALARY,
        [
            "pay/officer/salary.yaml:14:7: The table 'wages' has no column of numbers 'source'. Use "
            "one of: p25, median, p75.",
        ],
    ),
    "control_character": (
        HOURS,
        [
            "training/initial_hours.yaml:3:15: A control character stands here. Save the file as plain text.",
        ],
    ),
    "deep_nesting": (
        HOURS,
        [
            "training/initial_hours.yaml:21:29: The file nests deeper than 20 levels. Write it flatter.",
        ],
    ),
    "default_not_an_option": (
        COURSE,
        [
            "terms/course.yaml:6:1: default: the default 'evening' is not an option. Use one of: "
            "online, classroom.",
        ],
    ),
    "edition_without_limitations": (
        "edition.yaml",
        [
            "edition.yaml:2:1: limitations: a required key is missing. Add 'limitations:'.",
        ],
    ),
    "empty": (
        HOURS,
        [
            "training/initial_hours.yaml:1:1: The file is empty. Write the keys it needs.",
        ],
    ),
    "empty_source_id": (
        HOURS,
        [
            "training/initial_hours.yaml:12:16: values.0.sources.0.id: the text has the wrong form "
            "(found: ''). It must match ^[a-z][a-z0-9_]*$.",
        ],
    ),
    "exponent": (
        HOURS,
        [
            "training/initial_hours.yaml:10:34: Programs differ on how to read 1e6. Put quotes "
            "around it if it is text; write a number as 1200 or 0.35 and a date as 2026-01-31.",
        ],
    ),
    "fact_of_another_kind": (
        "facts/context.yaml",
        [
            "facts/context.yaml:8:5: facts.0.value: a number or text is needed here. Write a plain "
            "decimal, or text in quotes.",
        ],
    ),
    "fallback_without_row": (
        SALARY,
        [
            "pay/officer/salary.yaml:17:7: The table 'wages' has no row for the fallback 'PR'. Add "
            "the row, or name another.",
        ],
    ),
    "grade_d_without_judgment": (
        HOURS,
        [
            "training/initial_hours.yaml:19:5: values.1.sources: grade D cites the standing source. "
            "Add '- {id: judgment}'.",
        ],
    ),
    "grant_of_nothing": (
        "states/VA.yaml",
        [
            "states/VA.yaml:7:22: rules.0.grant.tiers.0.residents_below: a whole number is needed "
            "here (found: '25000.5'). Write digits only, without quotes.",
            "states/VA.yaml:7:48: rules.0.grant.tiers.0.amount: the number is out of range (found: "
            "'0'). Write one that is greater than 0.",
            "states/VA.yaml:7:61: rules.0.grant.per: this is not on the list (found: 'month'). Use "
            "one of: fiscal_year, once.",
        ],
    ),
    "growth_not_there": (
        SALARY,
        [
            "pay/officer/salary.yaml:6:1: There is no assumption 'economics.price_growth'. Add it, "
            "or remove the key.",
        ],
    ),
    "growth_without_price_date": (
        SALARY,
        [
            "pay/officer/salary.yaml:8:5: values.0: a value that grows needs the date of its prices. "
            "Add 'price_date:'.",
        ],
    ),
    "high_below_central": (
        HOURS,
        [
            "training/initial_hours.yaml:16:51: values.1.amount.high: high (155) is below central "
            "(160). They are the 10th, 50th and 90th percentile and rise in that order.",
        ],
    ),
    "impossible_date": (
        HOURS,
        [
            "training/initial_hours.yaml:7:11: There is no day 2025-02-30. Correct the date.",
        ],
    ),
    "infinite": (
        HOURS,
        [
            "training/initial_hours.yaml:10:34: Programs differ on how to read .inf. Put quotes "
            "around it if it is text; write a number as 1200 or 0.35 and a date as 2026-01-31.",
        ],
    ),
    "judgment_above_grade_d": (
        HOURS,
        [
            "training/initial_hours.yaml:12:5: values.0.sources: only grade D may cite 'judgment'. "
            "Give the source that was read, or grade D.",
        ],
    ),
    "judgment_without_basis": (
        HOURS,
        [
            "training/initial_hours.yaml:17:5: values.1.grade: grade D is our judgment. Say why this "
            "value in 'basis:'.",
        ],
    ),
    "kind_of_another": (
        HOURS,
        [
            "training/initial_hours.yaml:10:5: values.0.amount.low: a required key is missing. Add 'low:'.",
            "training/initial_hours.yaml:10:5: values.0.amount.central: a required key is missing. "
            "Add 'central:'.",
            "training/initial_hours.yaml:10:5: values.0.amount.high: a required key is missing. Add 'high:'.",
            "training/initial_hours.yaml:10:27: values.0.amount.value: unknown key. Remove it, or "
            "move it to where it belongs.",
        ],
    ),
    "leading_zero": (
        HOURS,
        [
            "training/initial_hours.yaml:10:34: Programs differ on how to read 01001. Put quotes "
            "around it if it is text; write a number as 1200 or 0.35 and a date as 2026-01-31.",
        ],
    ),
    "leading_zero_in_text": (
        HOURS,
        [
            "training/initial_hours.yaml:3:8: Programs differ on how to read 01001. Put quotes "
            "around it if it is text; write a number as 1200 or 0.35 and a date as 2026-01-31.",
        ],
    ),
    "list_as_key": (
        HOURS,
        [
            "training/initial_hours.yaml:3:3: A key is not plain text. Write a word followed by a colon.",
        ],
    ),
    "list_not_mapping": (
        HOURS,
        [
            "training/initial_hours.yaml:1:1: The file does not hold a block of keys. Write keys "
            "such as 'schema: 1' at the left margin.",
        ],
    ),
    "long_question": (
        HOURS,
        [
            "training/initial_hours.yaml:23:3: question.text: the text is too long (found: 'How many "
            "hours did each of your officers spend in the cou...'). Use at most 95 characters.",
        ],
    ),
    "low_above_central": (
        HOURS,
        [
            "training/initial_hours.yaml:16:27: values.1.amount.low: low (165) is above central "
            "(160). They are the 10th, 50th and 90th percentile and rise in that order.",
        ],
    ),
    "max_below_high": (
        HOURS,
        [
            "training/initial_hours.yaml:16:62: values.1.amount.max: max is below high. Raise it, or "
            "leave it out.",
        ],
    ),
    "min_above_low": (
        HOURS,
        [
            "training/initial_hours.yaml:16:62: values.1.amount.min: min is above low. Lower it, or "
            "leave it out.",
        ],
    ),
    "missing_kind": (
        HOURS,
        [
            "training/initial_hours.yaml:10:5: values.0.amount.kind: a required key is missing. Add 'kind:'.",
        ],
    ),
    "missing_review_date": (
        HOURS,
        [
            "training/initial_hours.yaml:1:1: review_by: a required key is missing. Add 'review_by:'.",
        ],
    ),
    "missing_source": (
        HOURS,
        [
            "training/initial_hours.yaml:7:5: values.0.sources: a required key is missing. Add 'sources:'.",
        ],
    ),
    "misspelled_key": (
        HOURS,
        [
            "training/initial_hours.yaml:7:5: values.0.sources: a required key is missing. Add 'sources:'.",
            "training/initial_hours.yaml:12:5: values.0.source: unknown key. Did you mean 'sources'?",
        ],
    ),
    "no_sources": (
        HOURS,
        [
            "training/initial_hours.yaml:12:5: values.0.sources: the list has too few entries. Write "
            "at least 1.",
        ],
    ),
    "no_values": (
        HOURS,
        [
            "training/initial_hours.yaml:6:1: values: the list has too few entries. Write at least 1.",
        ],
    ),
    "number_as_key": (
        HOURS,
        [
            "training/initial_hours.yaml:3:1: The key '1' is not text. Put quotes around it.",
        ],
    ),
    "number_as_text": (
        HOURS,
        [
            "training/initial_hours.yaml:10:27: values.0.amount.value: a number is needed here "
            "(found: '40'). Write a plain decimal such as 0.35 or 1200, without quotes.",
        ],
    ),
    "octal": (
        HOURS,
        [
            "training/initial_hours.yaml:10:34: Programs differ on how to read 0o7. Put quotes "
            "around it if it is text; write a number as 1200 or 0.35 and a date as 2026-01-31.",
        ],
    ),
    "one_option": (
        COURSE,
        [
            "terms/course.yaml:7:1: options: the list has too few entries. Write at least 2.",
        ],
    ),
    "only_comments": (
        HOURS,
        [
            "training/initial_hours.yaml:1:1: The file is empty. Write the keys it needs.",
        ],
    ),
    "open_quote": (
        HOURS,
        [
            "training/initial_hours.yaml:21:1: The quoted text that opens on line 3 never ends. "
            "Close the quotes.",
        ],
    ),
    "other_edition": (
        "edition.yaml",
        [
            "edition.yaml:3:1: The id '2026.1' differs from the folder. Write id: draft",
        ],
    ),
    "other_schema": (
        HOURS,
        [
            "training/initial_hours.yaml:1:1: schema: another value is needed here (found: '2'). Write 1.",
        ],
    ),
    "overlapping_dates": (
        HOURS,
        [
            "training/initial_hours.yaml:13:5: values.1: two values apply at once from 2025-01-01. "
            "End the earlier with 'to:', or name different models, agency_types or 'when:'.",
        ],
    ),
    "overlapping_ends": (
        HOURS,
        [
            "training/initial_hours.yaml:14:5: values.1: two values apply at once from 2026-01-01. "
            "End the earlier with 'to:', or name different models, agency_types or 'when:'.",
        ],
    ),
    "percent_as_share": (
        HOURS,
        [
            "training/initial_hours.yaml:10:27: values.0.amount.value: a share lies between 0 and 1. "
            "Write 0.35 for 35 percent.",
            "training/initial_hours.yaml:16:5: values.1.amount: a range of shares lies strictly "
            "between 0 and 1. Write 0.35 for 35 percent.",
        ],
    ),
    "python_name_of_key": (
        HOURS,
        [
            "training/initial_hours.yaml:7:5: values.0.from: a required key is missing. Add 'from:'.",
            "training/initial_hours.yaml:7:5: values.0.since: unknown key. Remove it, or move it to "
            "where it belongs.",
        ],
    ),
    "quote_closed_too_late": (
        HOURS,
        [
            "training/initial_hours.yaml:12:33: This is not valid YAML (did not find expected key). "
            "Correct the syntax here, or the line before it.",
        ],
    ),
    "quoted_date": (
        HOURS,
        [
            "training/initial_hours.yaml:7:5: values.0.from: a date is needed here (found: "
            "'2025-01-01'). Write it as 2026-01-31, without quotes.",
        ],
    ),
    "range_from_zero": (
        HOURS,
        [
            "training/initial_hours.yaml:16:5: values.1.amount: a range starts above 0. Raise 'low', "
            "or use kind: fixed for a value that is 0.",
        ],
    ),
    "repeated_fact": (
        "facts/context.yaml",
        [
            "facts/context.yaml:11:5: facts.1.id: the fact 'agencies' stands twice. Keep one, or rename one.",
        ],
    ),
    "repeated_key": (
        HOURS,
        [
            "training/initial_hours.yaml:6:1: The key 'unit' stands twice. Remove one; only one can count.",
        ],
    ),
    "repeated_model": (
        "models.yaml",
        [
            "models.yaml:14:5: models.1.id: the model 'tfm' stands twice. Keep one, or rename one.",
        ],
    ),
    "repeated_option": (
        COURSE,
        [
            "terms/course.yaml:14:5: options.1.id: the option 'online' stands twice. Keep one, or "
            "rename one.",
        ],
    ),
    "repeated_source": (
        "sources.yaml",
        [
            "sources.yaml:6:6: sources.3.id: the source 'notice' stands twice. Keep one.",
        ],
    ),
    "reserved_character": (
        HOURS,
        [
            "training/initial_hours.yaml:3:8: Text cannot begin with '@'. Put quotes around the text.",
        ],
    ),
    "rule_of_another_state": (
        "states/VA.yaml",
        [
            "states/VA.yaml:5:5: rules.0.id: the rule 'MD-1' does not begin with the state. Write "
            "VA-1, or correct 'state:'.",
        ],
    ),
    "second_grant": (
        "states/VA.yaml",
        [
            "states/VA.yaml:22:5: rules.2.grant: the grant of rule 'VA-1' goes to the same kind of "
            "agency. Write both as one grant, or name other agency_types; one grant is worked out for an agency.",
        ],
    ),
    "short_date": (
        HOURS,
        [
            "training/initial_hours.yaml:7:11: Programs differ on how to read 2025-1-1. Put quotes "
            "around it if it is text; write a number as 1200 or 0.35 and a date as 2026-01-31.",
        ],
    ),
    "short_name_taken": (
        "perspectives/course.yaml",
        [
            "terms/course.yaml:2:1: The short name 'course' belongs to perspectives.course too. Rename one.",
        ],
    ),
    "sources_one_level_too_high": (
        HOURS,
        [
            "training/initial_hours.yaml:7:5: values.0.sources: a required key is missing. Add 'sources:'.",
            "training/initial_hours.yaml:20:1: sources: unknown key. Remove it, or move it to where "
            "it belongs.",
        ],
    ),
    "tab": (
        HOURS,
        [
            "training/initial_hours.yaml:8:1: A tab stands where spaces are needed. Indent with spaces.",
        ],
    ),
    "tag": (
        HOURS,
        [
            "training/initial_hours.yaml:10:34: The tag '!!binary' is not used here. Remove it.",
        ],
    ),
    "terms_of_no_model": (
        "models.yaml",
        [
            "models.yaml:9:5: The model 'jem' is not in this file. Use one of: tfm.",
        ],
    ),
    "text_as_number": (
        HOURS,
        [
            "training/initial_hours.yaml:3:1: label: text is needed here (found: '40'). Put quotes "
            "around it.",
        ],
    ),
    "text_not_mapping": (
        HOURS,
        [
            "training/initial_hours.yaml:1:1: The file does not hold a block of keys (found: 'forty "
            "hours'). Write keys such as 'schema: 1' at the left margin.",
        ],
    ),
    "thousands_separator": (
        HOURS,
        [
            "training/initial_hours.yaml:10:27: values.0.amount.value: a number is needed here "
            "(found: '1,000'). Write a plain decimal such as 0.35 or 1200, without quotes.",
        ],
    ),
    "to_before_from": (
        HOURS,
        [
            "training/initial_hours.yaml:8:5: values.0.to: 'to' lies before 'from'. Correct one of "
            "the dates.",
        ],
    ),
    "too_many_digits": (
        HOURS,
        [
            "training/initial_hours.yaml:10:34: The number has too many digits. Write at most 18 digits.",
        ],
    ),
    "true_as_number": (
        HOURS,
        [
            "training/initial_hours.yaml:10:27: values.0.amount.value: a number is needed here "
            "(found: 'True'). Write a plain decimal such as 0.35 or 1200, without quotes.",
        ],
    ),
    "two_documents": (
        HOURS,
        [
            "training/initial_hours.yaml:21:1: A second document starts here. Keep one, without '---'.",
        ],
    ),
    "unit_like_no_other": (
        HOURS,
        [
            "training/initial_hours.yaml:5:1: unit: unknown unit 'furlong'. Use one of: USD, "
            "USD/agency, USD/claim, USD/day, USD/hire, USD/hour, USD/mile, USD/month, USD/night, "
            "USD/officer, USD/officer/quarter, USD/officer/year, USD/person, USD/trip, USD/year, "
            "agency-year, booking/resident/year, case/year, claim/agency/year, count, day, day/case, "
            "day/year, encounter/officer/year, encounter/year, exponent, fte, fte/booking, hour, "
            "hour/case, hour/day, hour/officer, hour/officer/year, hour/year, log USD, mile/trip, "
            "minute/case, month, night, officer, person/resident, ratio, share, share/year, "
            "trip/case, trip/year, year. The list is calculator/units.py.",
        ],
    ),
    "unknown_caveat": (
        HOURS,
        [
            "training/initial_hours.yaml:21:11: caveats.0: this is not on the list (found: "
            "'from_the_press'). Use one of: self_reported, press_account, advocacy_source, "
            "party_source, single_case, few_cases, old_value, announced_not_observed, "
            "no_measurement_found, mixed_population, terms_may_change, selected_cases.",
        ],
    ),
    "unknown_choice": (
        HOURS,
        [
            "training/initial_hours.yaml:9:12: There is no choice 'lesson'. Use one of: course.",
            "training/initial_hours.yaml:15:12: There is no choice 'lesson'. Use one of: course.",
        ],
    ),
    "unknown_column": (
        SALARY,
        [
            "pay/officer/salary.yaml:14:7: The table 'wages' has no column of numbers 'p10'. Use one "
            "of: p25, median, p75.",
        ],
    ),
    "unknown_grade": (
        HOURS,
        [
            "training/initial_hours.yaml:11:5: values.0.grade: this is not on the list (found: 'E'). "
            "Use one of: A, B, C, D.",
        ],
    ),
    "unknown_growth": (
        SALARY,
        [
            "pay/officer/salary.yaml:6:1: grows_with: this is not on the list (found: "
            "'economics.pay'). Did you mean 'economics.pay_growth'?",
        ],
    ),
    "unknown_key": (
        HOURS,
        [
            "training/initial_hours.yaml:6:1: reference: unknown key. Remove it, or move it to where "
            "it belongs.",
        ],
    ),
    "unknown_key_column": (
        SALARY,
        [
            "pay/officer/salary.yaml:13:15: The table 'wages' has no column 'region'. Use one of: "
            "state, p25, median, p75, source.",
        ],
    ),
    "unknown_kind": (
        HOURS,
        [
            "training/initial_hours.yaml:10:14: values.0.amount.kind: unknown kind 'fixd'. Use one "
            "of: fixed, range, lognormal, counts, lookup, computed.",
        ],
    ),
    "unknown_model": (
        HOURS,
        [
            "training/initial_hours.yaml:8:14: values.0.models.0: this is not on the list (found: "
            "'tfn'). Did you mean 'tfm'?",
        ],
    ),
    "unknown_option": (
        HOURS,
        [
            "training/initial_hours.yaml:9:12: The choice 'course' has no option 'onlin'. Use one "
            "of: online, classroom.",
        ],
    ),
    "unknown_source": (
        HOURS,
        [
            "training/initial_hours.yaml:12:16: The source 'notise' is not in sources.yaml. Correct "
            "the id, or add the source.",
        ],
    ),
    "unknown_table": (
        SALARY,
        [
            "pay/officer/salary.yaml:12:7: There is no table 'wage'. Use one of: wages.",
        ],
    ),
    "unknown_unit": (
        HOURS,
        [
            "training/initial_hours.yaml:5:1: unit: unknown unit 'hours/officer'. Did you mean "
            "hour/officer or hour/officer/year or officer? The list is calculator/units.py.",
        ],
    ),
    "unquoted_edition": (
        "edition.yaml",
        [
            "edition.yaml:3:1: id: text is needed here (found: '2026.1'). Put quotes around it.",
        ],
    ),
    "value_not_a_block": (
        HOURS,
        [
            "training/initial_hours.yaml:6:10: values.0: a block of keys is needed here (found: "
            "'40'). Indent the keys below it.",
        ],
    ),
    "values_not_a_list": (
        HOURS,
        [
            "training/initial_hours.yaml:6:1: values: a list is needed here. Start each entry with '- '.",
        ],
    ),
    "word_no": (
        HOURS,
        [
            "training/initial_hours.yaml:3:8: Programs differ on how to read no. Write true or "
            "false, or put quotes around it.",
        ],
    ),
    "wrong_id": (
        HOURS,
        [
            "training/initial_hours.yaml:2:1: The id 'training.hours' differs from the path. Write "
            "id: training.initial_hours",
        ],
    ),
    "wrong_indent": (
        HOURS,
        [
            "training/initial_hours.yaml:11:4: This is not valid YAML (did not find expected '-' "
            "indicator). Correct the syntax here, or the line before it.",
        ],
    ),
    "wrong_state": (
        "states/VA.yaml",
        [
            "states/VA.yaml:5:5: rules.0.id: the rule 'VA-1' does not begin with the state. Write "
            "MD-1, or correct 'state:'.",
        ],
    ),
}

TABLES: dict[str, list[str]] = {
    "all_at_once": [
        "tables/wages.csv:2:4: p25: a number is needed here (found: '60 000'). Write a plain "
        "decimal such as 0.35 or 1200, or leave the cell empty.",
        "tables/wages.csv:2:17: p75: the cell begins or ends with a space. Remove the space.",
        "tables/wages.csv:3:1: The key US stands on line 2 too. Keep one row.",
        "tables/wages.csv:3:10: median: a number is needed here (found: 'n/a'). Write a plain "
        "decimal such as 0.35 or 1200, or leave the cell empty.",
    ],
    "binary": [
        "tables/wages.csv:2:1: The file is not UTF-8 text. Save it as plain UTF-8 text.",
    ],
    "byte_order_mark": [
        "tables/wages.csv:1:1: The file begins with a byte-order mark. Save it as UTF-8 without one.",
    ],
    "columns_in_another_order": [
        "tables/wages.csv:1:1: The header names the columns in another order. Write: "
        "state,p25,median,p75,source",
    ],
    "empty": [
        "tables/wages.csv:1:1: The header lacks: state, p25, median, p75, source. Write: "
        "state,p25,median,p75,source",
    ],
    "empty_key": [
        "tables/wages.csv:3:1: state: the key is empty. Fill it in.",
    ],
    "fallback_row_missing": [
        "pay/officer/salary.yaml:17:7: The table 'wages' has no row for the fallback 'US'. Add "
        "the row, or name another.",
    ],
    "leading_zero": [
        "tables/wages.csv:3:4: p25: a number is needed here (found: '058000'). Write a plain "
        "decimal such as 0.35 or 1200, or leave the cell empty.",
    ],
    "line_break_in_cell": [
        "tables/wages.csv:3:22: source: the cell holds a line break. Write it on one line.",
    ],
    "missing_column": [
        "tables/wages.csv:1:1: The header lacks: p75. Write: state,p25,median,p75,source",
    ],
    "no_rows": [
        "tables/wages.csv:2:1: The table has no rows. Add them below the header.",
    ],
    "number_with_dollar": [
        "tables/wages.csv:3:4: p25: a number is needed here (found: '$58000'). Write a plain "
        "decimal such as 0.35 or 1200, or leave the cell empty.",
    ],
    "number_with_separator": [
        "tables/wages.csv:3:4: p25: a number is needed here (found: '58,000'). Write a plain "
        "decimal such as 0.35 or 1200, or leave the cell empty.",
    ],
    "open_quote": [
        "tables/wages.csv:3:1: This is not valid CSV (unexpected end of data). Close every quoted cell.",
    ],
    "repeated_row": [
        "tables/wages.csv:3:1: The key US stands on line 2 too. Keep one row.",
    ],
    "space_around_cell": [
        "tables/wages.csv:3:1: state: the cell begins or ends with a space. Remove the space.",
    ],
    "surplus_column": [
        "tables/wages.csv:1:1: The header has, but the YAML file does not describe: mean. Write: "
        "state,p25,median,p75,source",
    ],
    "too_few_cells": [
        "tables/wages.csv:3:1: The row has 3 cells; the header has 5. Match the header; quote a "
        "cell that holds a comma.",
    ],
    "unknown_source": [
        "tables/wages.csv:3:22: The source 'notise' is not in sources.yaml. Correct the id, or add the source.",
    ],
    "unquoted_comma": [
        "tables/wages.csv:3:1: The row has 6 cells; the header has 5. Match the header; quote a "
        "cell that holds a comma.",
    ],
}


def problems_with(tmp_path: Path, broken: Path, at: str) -> list[str]:
    """Read the sound edition with one file replaced; return its problems, without the folder's name."""
    folder = tmp_path / "draft"
    shutil.copytree(HERE / "sound" / "draft", folder)
    (folder / at).parent.mkdir(exist_ok=True)
    shutil.copyfile(broken, folder / at)
    with pytest.raises(EditionError) as caught:
        read_edition(folder)
    shown = [str(problem) for problem in caught.value.problems]
    assert all(text.startswith("draft/") for text in shown)
    return [text.removeprefix("draft/") for text in shown]


@pytest.mark.parametrize("name", sorted(FILES))
def test_malformed_file(name: str, tmp_path: Path) -> None:
    at, expected = FILES[name]
    assert problems_with(tmp_path, HERE / "malformed" / f"{name}.yaml", at) == expected


@pytest.mark.parametrize("name", sorted(TABLES))
def test_malformed_table(name: str, tmp_path: Path) -> None:
    broken = HERE / "malformed_tables" / f"{name}.csv"
    assert problems_with(tmp_path, broken, "tables/wages.csv") == TABLES[name]


def test_each_malformed_file_is_asserted() -> None:
    assert {path.name for path in (HERE / "malformed").iterdir()} == {f"{name}.yaml" for name in FILES}
    assert {path.name for path in (HERE / "malformed_tables").iterdir()} == {f"{name}.csv" for name in TABLES}


@pytest.mark.parametrize("at", [HOURS, "tables/wages.csv"])
def test_huge_file(at: str, tmp_path: Path) -> None:
    huge = tmp_path / "huge"
    huge.write_bytes(b"#" * (MAX_BYTES + 1))
    expected = [f"{at}: The file is larger than 2,000,000 bytes. Use a smaller file."]
    assert problems_with(tmp_path, huge, at) == expected


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
def test_nesting_of_a_whole_file_is_refused_and_not_followed(opening: str, tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.yaml"
    bomb.write_text(opening * 400_000, "utf-8")
    (problem,) = problems_with(tmp_path, bomb, HOURS)
    assert problem.startswith(f"{HOURS}:1:")


def test_problems_of_all_files_come_at_once_and_in_order(tmp_path: Path) -> None:
    folder = tmp_path / "draft"
    shutil.copytree(HERE / "sound" / "draft", folder)
    shutil.copyfile(HERE / "malformed" / "clock_time.yaml", folder / HOURS)
    shutil.copyfile(HERE / "malformed_tables" / "empty_key.csv", folder / "tables" / "wages.csv")
    (folder / "models.yaml").unlink()
    (folder / "pay" / "officer" / "salary.yml").write_text("schema: 1\n", "utf-8")
    (folder / "terms" / "wages.csv").write_text("a\n1\n", "utf-8")
    (folder / "tables" / "rates.csv").write_text("a\n1\n", "utf-8")
    (folder / ".DS_Store").write_text("", "utf-8")
    with pytest.raises(EditionError) as caught:
        read_edition(folder)
    assert str(caught.value).splitlines() == [
        "draft/.DS_Store: Nothing reads this file. Remove it, or correct its name.",
        "draft/models.yaml: The file cannot be read (No such file or directory). Check its name and rights.",
        "draft/pay/officer/salary.yml: Nothing reads this file. Remove it, or correct its name.",
        "draft/tables/rates.csv: Nothing describes this table. Add tables/rates.yaml.",
        "draft/tables/wages.csv:3:1: state: the key is empty. Fill it in.",
        "draft/terms/wages.csv: Nothing reads this file. Move it to tables/.",
        f"draft/{HOURS}:10:34: Programs differ on how to read 12:30. Put quotes around it if it is text; "
        "write a number as 1200 or 0.35 and a date as 2026-01-31.",
    ]
