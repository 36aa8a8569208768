"""Posts carry files: the evidence that an administrator needs and nobody else sees."""

from files.subjects import Subject, register
from information.models import Achievement, Need

for model in (Need, Achievement):
    register(
        Subject(
            noun=model.NOUN,
            model=model,
            see=f"{model.NOUN}.evidence",
            attach=f"{model.NOUN}.attach",
            owner="owner_id",
            key="public_id",
        )
    )
