"""Whether the tests that have a long form take it: CRM_LONG=1 or `make long`."""

import os

LONG = bool(os.environ.get("CRM_LONG"))
