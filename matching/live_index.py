"""This process's engine index: the serving snapshot, brought up to date by difference before each use."""

import threading
from collections.abc import Iterable, Sequence

from information.models import Achievement, Need
from matching.documents import achievement_documents, need_documents
from matching.engine import AchievementDocument, Graph, Index, Library, NeedDocument
from taxonomy.models import ChainLink


def fetch_needs(ids: Sequence[int]) -> Iterable[NeedDocument]:
    return need_documents(Need.objects.filter(pk__in=ids))


def fetch_achievements(ids: Sequence[int]) -> Iterable[AchievementDocument]:
    return achievement_documents(Achievement.objects.filter(pk__in=ids))


class LiveIndex:
    """One index a process. Two numbers per open post are read each time; only what changed is analysed again."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.index: Index | None = None
        self.links: list[tuple[str, str]] = []

    def current(self) -> Index:
        """The index as of now; the caller holds `lock` while using it."""
        links = sorted(ChainLink.objects.values_list("source__code", "target__code"))
        if self.index is None or links != self.links:
            self.index, self.links = Index(Graph(links), Library(fetch_needs, fetch_achievements)), links
        held_needs, held_achievements = self.index.revisions()
        open_needs = dict(Need.objects.open().values_list("pk", "revision"))
        open_achievements = dict(Achievement.objects.open().values_list("pk", "revision"))
        new_needs = [pk for pk, new in open_needs.items() if held_needs.get(pk) != new]
        new_achievements = [pk for pk, revision in open_achievements.items() if held_achievements.get(pk) != revision]
        self.index.refresh(
            fetch_needs(new_needs) if new_needs else (),
            fetch_achievements(new_achievements) if new_achievements else (),
            gone_needs=held_needs.keys() - open_needs.keys(),
            gone_achievements=held_achievements.keys() - open_achievements.keys(),
        )
        return self.index


live_index = LiveIndex()
