"""The targets: a target is one file beside this one and one row here."""

TARGETS: dict[str, str] = {
    "yaml": "targets.yaml",
    "loader": "targets.loader",
    "surgery": "targets.surgery",
    "pieces": "targets.pieces",
    "words": "targets.words",
    "message": "targets.message",
    "brief": "targets.brief",
    "journal": "targets.journal",
    "separated": "targets.separated",
    "workbook": "targets.workbook",
    "shown": "targets.shown",
    "merging": "targets.merging",
}
