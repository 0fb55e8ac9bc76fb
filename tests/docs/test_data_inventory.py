import re
from pathlib import Path

import pytest

from api.models import Base

INVENTORY = Path(__file__).parents[2] / "docs" / "data-inventory.md"
ROW = re.compile(r"\| `(\w+)` \| ((?:`\w+` ?)+) \|")


def inventoried() -> set[tuple[str, str]]:
    rows = ROW.findall(INVENTORY.read_text("utf-8"))
    return {(table, column) for table, columns in rows for column in re.findall(r"\w+", columns)}


@pytest.mark.parametrize("table", Base.metadata.tables.values(), ids=str)
def test_every_column_of_the_database_is_in_the_inventory(table):
    assert {(table.name, column.name) for column in table.columns} - inventoried() == set()


def test_the_inventory_names_no_column_that_is_not_there():
    known = {(table.name, column.name) for table in Base.metadata.tables.values() for column in table.columns}
    assert inventoried() - known == set()
