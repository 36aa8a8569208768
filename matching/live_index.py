"""This process's engine index: the serving snapshot, brought up to date by difference before each use."""

import logging
import threading
import time
from collections.abc import Iterable, Sequence
from typing import Any, Final

from django.db.models import Max
from django.utils.translation import gettext as _

from information.models import Achievement, Need
from journal.models import Entry
from matching import snapshots, vectors
from matching.documents import achievement_documents, need_documents
from matching.engine import VERSION, AchievementDocument, Graph, Index, Library, NeedDocument
from matching.engine import Snapshot as Loaded
from matching.engine.embedding import EmbeddingError
from matching.engine.storage import CorruptSnapshot, SideName
from matching.models import Snapshot
from matching.vectors import Document
from taxonomy.models import ChainLink

log = logging.getLogger(__name__)

MODELS: Final[dict[SideName, Any]] = {"needs": Need, "achievements": Achievement}
FEW = 2000
"""Up to so many open posts all of them are compared each time."""
EVERY = 60.0
"""Seconds after which all are compared; in between those that the journal names since the comparison before last."""

RETRY = 60.0
"""Seconds after which a model that failed is asked again."""


def fetch_needs(ids: Sequence[int]) -> Iterable[NeedDocument]:
    return need_documents(Need.objects.filter(pk__in=ids))


def fetch_achievements(ids: Sequence[int]) -> Iterable[AchievementDocument]:
    return achievement_documents(Achievement.objects.filter(pk__in=ids))


class LiveIndex:
    """One index a process. Only posts that are new or have a new revision are analysed."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.index: Index | None = None
        self.retry_at = 0.0
        self._fault = ""
        self._silent: dict[tuple[SideName, int], str] = {}
        self._links: list[tuple[str, str]] = []
        self._serving: Snapshot | None = None
        self._compared_at = 0.0
        self._marks = (0, 0)

    def current(self) -> Index:
        """The index as of now; the caller holds `lock` while using it."""
        links = sorted(ChainLink.objects.values_list("source__code", "target__code"))
        serving = Snapshot.objects.of(VERSION).serving()
        if self.index is None or links != self._links or serving != self._serving:
            self.index = self._opened(serving, links)
        if self.index.size <= FEW or time.monotonic() - self._compared_at > EVERY:
            self._compare_all(self.index)
        else:
            self._compare_news(self.index)
        if self._silent and time.monotonic() >= self.retry_at:
            self._ask_again(self.index)
        return self.index

    def silence(self, need: int) -> str:
        """Why a need is matched without semantic signal, "" if it is not."""
        return self._silent.get(("needs", need), "")

    def _opened(self, serving: Snapshot | None, links: list[tuple[str, str]]) -> Index:
        """An index over the serving snapshot; one that is damaged makes way for the one before, or for none."""
        loaded: Loaded | None = None
        while serving is not None and loaded is None:
            try:
                loaded = snapshots.load(serving)
            except snapshots.Absent:
                log.exception("the snapshot that should serve cannot be fetched")
                if self.index is not None and links == self._links:
                    # The storage may come back; what is mapped serves until then.
                    return self.index
                serving = Snapshot.objects.before(serving)
            except CorruptSnapshot as fault:
                snapshots.condemn(serving, fault)
                serving = Snapshot.objects.before(serving)
        self._links, self._serving = links, serving
        self._compared_at, self._marks = 0.0, (0, 0)
        self._silent, self._fault, self.retry_at = {}, "", 0.0
        return Index(Graph(links), Library(self._needs, self._achievements), loaded)

    def _needs(self, ids: Sequence[int]) -> list[NeedDocument]:
        return self._with_vectors("needs", list(fetch_needs(ids)))

    def _achievements(self, ids: Sequence[int]) -> list[AchievementDocument]:
        return self._with_vectors("achievements", list(fetch_achievements(ids)))

    def _with_vectors(self, side: SideName, documents: list[Document]) -> list[Document]:
        """The documents with vectors of the model whose vectors the index holds, or a note of why they have none."""
        # A model that is down is not asked for each post anew.
        if time.monotonic() >= self.retry_at:
            try:
                self._fault = self._mismatch()
                documents = documents if self._fault else vectors.attached(documents)
            except EmbeddingError as error:
                self._fault = vectors.said(error)
            if self._fault:
                self.retry_at = time.monotonic() + RETRY
        for one in documents:
            self._silent.pop((side, one.id), None)
            if self._fault:
                self._silent[side, one.id] = self._fault
        return documents

    def _mismatch(self) -> str:
        """Vectors of two models have nothing to say to each other: until the index is built anew there are none."""
        chosen = vectors.name_of(vectors.chosen())
        if not chosen or self._serving is None or self._serving.model == chosen:
            return ""
        return _("The index is being built anew for another embedding model.")

    def _ask_again(self, index: Index) -> None:
        """Read the posts without vectors anew, those that are still held."""
        again = {side: [id for of, id in self._silent if of == side and index.holds(side, id)] for side in MODELS}
        self._silent = {}
        index.refresh(
            self._needs(again["needs"]) if again["needs"] else (),
            self._achievements(again["achievements"]) if again["achievements"] else (),
        )

    def _compare_all(self, index: Index) -> None:
        latest = Entry.objects.aggregate(latest=Max("pk"))["latest"] or 0
        standing = {side: dict(model.objects.open().values_list("pk", "revision")) for side, model in MODELS.items()}
        self._bring_up(index, {side: index.behind(side, posts) for side, posts in standing.items()})
        # An entry may be committed after a later one: those since the comparison before last are looked at again.
        self._compared_at, self._marks = time.monotonic(), (self._marks[1], latest)

    def _compare_news(self, index: Index) -> None:
        news = Entry.objects.filter(pk__gt=self._marks[0], name__startswith="information.")
        told: dict[str, set[int]] = {"need": set(), "achievement": set()}
        for name, subject in news.values_list("name", "subject_id"):
            told.get(name.split(".")[1], set()).add(subject)
        behind: dict[SideName, tuple[list[int], list[int]]] = {}
        for side, model in MODELS.items():
            ids = told[model.NOUN]
            standing = dict(model.objects.open().filter(pk__in=ids).values_list("pk", "revision")) if ids else {}
            behind[side] = index.behind(side, standing, ids)
        if any(put or gone for put, gone in behind.values()):
            self._bring_up(index, behind)

    def _bring_up(self, index: Index, behind: dict[SideName, tuple[list[int], list[int]]]) -> None:
        (needs, gone_needs), (achievements, gone_achievements) = behind["needs"], behind["achievements"]
        index.refresh(
            self._needs(needs) if needs else (),
            self._achievements(achievements) if achievements else (),
            gone_needs=gone_needs,
            gone_achievements=gone_achievements,
        )


live_index = LiveIndex()
