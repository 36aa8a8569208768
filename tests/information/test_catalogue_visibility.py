"""The catalogue shows each reader what the policy shows of the posts, no more and no less."""

import pytest

from information.search.kinds import SHELVES
from information.search.sight import seen_by
from tests.world import PERSONAS, World


@pytest.mark.django_db
@pytest.mark.parametrize("persona", PERSONAS)
def test_everybody_sees_in_the_catalogue_exactly_the_open_posts_that_the_policy_shows(
    world: World, persona: str
) -> None:
    actor = world.actors[persona]

    for noun, shelf in SHELVES.items():
        seen = set(seen_by(actor, [noun]).values_list("post_id", flat=True))
        open_posts = shelf.kind._default_manager.visible_to(actor).open()  # type: ignore[attr-defined]
        assert seen == set(open_posts.values_list("pk", flat=True)), noun
