"""Fetch from a remote and send to it, so that nothing of anybody is lost: only ever forward."""
