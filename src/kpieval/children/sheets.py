"""The child that reads .xls, .xlsb and .et with python-calamine."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

from kpieval.children.answering import Refused, answer

MEMORY = 768 * 1024 * 1024


def read(data: bytes, arguments: list[str]) -> Any:
    """The sheets: name, whether hidden, first row and column, rows of values, merged areas.

    ``arguments`` are the most rows and columns of a sheet and the most cells of the file.
    """
    import python_calamine

    rows, columns, cells = (int(text) for text in arguments)
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        found = []
        for known in book.sheets_metadata:
            if known.typ is not python_calamine.SheetTypeEnum.WorkSheet:
                continue
            sheet = book.get_sheet_by_name(known.name)
            cells -= _checked(sheet, known.name, rows, columns, cells)
            visible = known.visible is python_calamine.SheetVisibleEnum.Visible
            found.append(_sheet(sheet, known.name, visible))
    except python_calamine.PasswordError:
        raise Refused("password") from None
    except python_calamine.CalamineError as error:
        raise Refused("workbook", detail=str(error)[:200]) from None
    return found


def _checked(sheet: Any, name: str, rows: int, columns: int, cells: int) -> int:
    """The cells of a sheet, once they are known to be few enough to be made."""
    if sheet.end is None:
        return 0
    row, column = sheet.end[0] + 1, sheet.end[1] + 1
    if row > rows or column > columns:
        far = {"row": row, "column": column, "rows": rows, "columns": columns}
        raise Refused("sheet_far", part=name, **far)
    count = int(sheet.height * sheet.width)
    if count > cells:
        raise Refused("sheet_cells", part=name, n=count, most=cells)
    return count


def _sheet(sheet: Any, name: str, visible: bool) -> dict[str, Any]:
    values = sheet.to_python(skip_empty_area=True)
    return {
        "name": name,
        "visible": visible,
        "start": sheet.start or (0, 0),
        "rows": [[_told(value) for value in row] for row in values],
        "merged": sheet.merged_cell_ranges or [],
    }


def _told(value: object) -> object:
    """A value as JSON has it; moments as their kind and ISO text."""
    match value:
        case dt.datetime():
            return {"datetime": value.isoformat()}
        case dt.date():
            return {"date": value.isoformat()}
        case dt.time():
            return {"time": value.isoformat()}
        case dt.timedelta():
            return {"seconds": value.total_seconds()}
        case _:
            return value


if __name__ == "__main__":
    answer(read, memory=MEMORY)
