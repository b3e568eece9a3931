"""Links between the pages of a site, by id alone."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from nacoord.model.kinds.table import kind_of
from nacoord.model.snapshot import Snapshot
from nacoord.present.site.blocks import joined
from nacoord.present.site.blocks import put
from nacoord.present.site.blocks import words


def path_of(snapshot: Snapshot, id: str) -> str:
    """Return the path of a record's page in the site."""
    return f"{kind_of(snapshot.records[id]).folder}/{id}.html"


class Links:
    """Links from the pages of one folder."""

    def __init__(self, snapshot: Snapshot, pages: frozenset[str], root: str) -> None:
        """Begin with what can be linked to.

        Args:
            snapshot: the record.
            pages: the ids of the records that have a page.
            root: the way from the folder to the site's own.
        """
        self._snapshot = snapshot
        self._pages = pages
        self._titles: dict[str, Markup] = {}
        self._ids: dict[str, Markup] = {}
        self.root = root

    def href(self, id: str) -> str:
        """Return where a record's page is; nothing when it has none."""
        return f"{self.root}{path_of(self._snapshot, id)}" if id in self._pages else ""

    def title(self, id: str) -> Markup:
        """Return a record by its title, as a link if it has a page."""
        if id not in self._titles:
            self._titles[id] = self.said(id, self._snapshot.name(id))
        return self._titles[id]

    def id(self, id: str) -> Markup:
        """Return a record by its id, as a link if it has a page."""
        if id not in self._ids:
            self._ids[id] = self.said(id, id)
        return self._ids[id]

    def ids(self, ids: Iterable[str]) -> Markup:
        """Return records by their ids."""
        return joined(map(self.id, ids))

    def said(self, id: str, content: str) -> Markup:
        """Return words that link to a record's page if it has one."""
        where = self.href(id)
        if not where:
            return words(content)
        return put('<a href="{}">{}</a>', where, words(content))
