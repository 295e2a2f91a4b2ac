"""``login``, ``sites`` and ``doctor``."""
