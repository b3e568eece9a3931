"""nacoord keeps the record of an office that coordinates policy toward Mexico and Canada."""

__version__ = "0.1.0"
