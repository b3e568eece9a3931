"""Records of one kind as separated values (RFC 4180), or a file for each kind.

No cell can become a formula: see `nacoord.model.cells`.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Mapping

from nacoord.desk.export import Export
from nacoord.model.cells import guard
from nacoord.model.kinds.table import KINDS
from nacoord.present.export.about import about
from nacoord.present.export.columns import cell
from nacoord.present.export.columns import columns

# The first day that a ZIP can say: none that tells when it was made.
_NO_DAY = (1980, 1, 1, 0, 0, 0)


def render(export: Export, kind: str, *, bom: bool = False) -> bytes:
    """Return the records of a kind; with `bom` as Excel wants its UTF-8 marked."""
    records = export.kinds()[kind]
    shown = columns(KINDS[kind].model, records)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([guard(column.key) for column in shown])
    for record in records:
        row = [cell(record, column) for column in shown]
        writer.writerow([guard(each) if isinstance(each, str) else each for each in row])
    return text.getvalue().encode("utf-8-sig" if bom else "utf-8")


def files(export: Export, *, bom: bool = False) -> Mapping[str, bytes]:
    """Return a file for each kind by its name, and one that says what they are and how marked."""
    told = "".join(f"{name}: {value}\r\n" for name, value in about(export))
    return {
        "about.txt": told.encode(),
        **{f"{kind.folder}.csv": render(export, name, bom=bom) for name, kind in KINDS.items()},
    }


def packed(export: Export, *, bom: bool = False) -> bytes:
    """Return those files as one ZIP."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as parts:
        for name, content in files(export, bom=bom).items():
            entry = zipfile.ZipInfo(name, _NO_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            parts.writestr(entry, content)
    return data.getvalue()
