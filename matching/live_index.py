"""This process's engine index, brought up to date by difference before each use."""

import threading

from information.models import Achievement, Need
from matching.documents import achievement_documents, need_documents
from matching.engine import Graph, Index
from taxonomy.models import ChainLink


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
            self.index, self.links = Index(Graph(links)), links
        held_needs, held_achievements = self.index.revisions()
        open_needs = dict(Need.objects.open().values_list("pk", "revision"))
        open_achievements = dict(Achievement.objects.open().values_list("pk", "revision"))
        new_needs = [pk for pk, new in open_needs.items() if held_needs.get(pk) != new]
        new_achievements = [pk for pk, revision in open_achievements.items() if held_achievements.get(pk) != revision]
        self.index.refresh(
            need_documents(Need.objects.filter(pk__in=new_needs)) if new_needs else (),
            achievement_documents(Achievement.objects.filter(pk__in=new_achievements)) if new_achievements else (),
            gone_needs=held_needs.keys() - open_needs.keys(),
            gone_achievements=held_achievements.keys() - open_achievements.keys(),
        )
        return self.index


live_index = LiveIndex()
