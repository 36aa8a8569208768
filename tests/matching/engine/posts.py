"""Small posts for the engine's tests: what a test does not name, the post does not say."""

from dataclasses import replace

from matching.engine import AchievementDocument, Graph, Index, NeedDocument

NEED = NeedDocument(
    id=1,
    revision=1,
    title="",
    keywords="",
    body="",
    type="",
    nodes=frozenset(),
    industries=frozenset(),
    region="",
    trl_required=None,
    budget_max=None,
    targets=(),
    owner=1,
)
ACHIEVEMENT = AchievementDocument(
    id=1,
    revision=1,
    title="",
    keywords="",
    body="",
    nodes=frozenset(),
    industries=frozenset(),
    region="",
    trl=None,
    offer_modes=frozenset(),
    price=None,
    benefits=(),
    owner=2,
)
CHAIN = Graph([("steel", "bearings"), ("bearings", "spindles"), ("spindles", "machine-tools")])


def need(id: int = 1, **said: object) -> NeedDocument:
    return replace(NEED, id=id, **said)  # type: ignore[arg-type]  # a test names the fields it is about


def achievement(id: int = 1, **said: object) -> AchievementDocument:
    return replace(ACHIEVEMENT, id=id, **said)  # type: ignore[arg-type]  # as above


def index(needs: list[NeedDocument], achievements: list[AchievementDocument]) -> Index:
    built = Index(CHAIN)
    built.refresh(needs, achievements)
    return built
