"""Information's long jobs: importing a file, publishing an import."""

from django.utils.translation import gettext_lazy as _

from information.importing import IMPORT, PUBLISH, keeping, publishing
from jobs import services as jobs

jobs.step(IMPORT, label=_("Importing a file"))(keeping.carry_on)
jobs.step(PUBLISH, label=_("Publishing an import"))(publishing.carry_on)
