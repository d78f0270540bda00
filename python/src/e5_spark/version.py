"""The version of this package, which is that of the jar it belongs to."""

from importlib.metadata import version

__version__: str = version("e5-spark")
