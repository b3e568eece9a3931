"""A site: pages that need no server and no network, each built here and shaped by a template."""
