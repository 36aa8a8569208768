"""The tie between a person and a file: whatever ties the person to the thing that the file is attached to."""

from dataclasses import dataclass

from django.db.models import Model, Q
from django.utils.translation import gettext_lazy as _

from files.subjects import every_kind
from policy import Relation, Standing, decide
from policy.relations import Text, any_of


@dataclass(frozen=True)
class OfSubject(Relation):
    """The actor may see the files of the thing it hangs on ("see"), or attach some there ("attach")."""

    use: str
    denial: Text = _("It is attached to something that is not open to you.")

    def q(self, standing: Standing) -> Q:
        return any_of(
            Q(subject_type=kind.type, subject_id__in=kind.open_to(standing, self.use).values("pk"))
            for kind in every_kind()
        )

    def holds(self, standing: Standing, obj: Model) -> bool:
        thing = obj.thing  # type: ignore[attr-defined]
        return thing is not None and decide(standing, obj.kind.action(self.use), thing).allowed  # type: ignore[attr-defined]
