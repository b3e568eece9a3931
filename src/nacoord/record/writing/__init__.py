"""Writing YAML: scalars, whole new files, and edits that touch only what they change."""
