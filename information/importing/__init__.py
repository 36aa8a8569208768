"""Posts by the file: accepted at once or refused whole, then read and kept row by row by a job.

Rows are keyed by (organization, external id): the same file twice changes nothing. What a column may hold is said in
`columns`, how CSV and JSON Lines are read in `reading`, what becomes of a row in `keeping`.
"""

from information.importing.acceptance import accept
from information.importing.columns import template
from information.importing.keeping import IMPORT
from information.importing.publishing import PUBLISH, publish_all

__all__ = ["IMPORT", "PUBLISH", "accept", "publish_all", "template"]
