"""Latent semantics: axes that the achievements' own texts teach."""

import numpy as np
import pytest

from matching.engine.analysis import LANGUAGES, Analyzer
from matching.engine.lexical import read
from matching.engine.semantics import DIMENSIONS, FEWEST_POSTS, Latent
from matching.engine.storage.pile import Ragged

METAL = [f"grinding of bearing rings and raceways, batch {n}\n轴承 套圈 磨削" for n in range(20)]
FOOD = [f"fermented soybean sauce with less salt, batch {n}\n大豆 发酵 酱油" for n in range(20)]


def rows(texts: list[str]) -> list[Ragged]:
    bags = [read(Analyzer(), "", "", text) for text in texts]
    return [Ragged.of([(bag[language].keys, bag[language].counts) for bag in bags]) for language in LANGUAGES]


def likeness(latent: Latent, left: str, right: str) -> float:
    a, b = latent.fold(rows([left, right]))
    return float(a @ b)


def test_words_that_keep_company_are_alike_without_a_word_in_common() -> None:
    latent = Latent.train([rows(METAL + FOOD)])

    assert likeness(latent, "grinding", "raceways") > likeness(latent, "grinding", "soybean") + 0.05


def test_bilingual_posts_bring_the_languages_together() -> None:
    latent = Latent.train([rows(METAL + FOOD)])

    assert likeness(latent, "轴承", "bearing") > likeness(latent, "轴承", "soybean") + 0.3


def test_piles_may_be_cut_anywhere() -> None:
    whole, cut = Latent.train([rows(METAL + FOOD)]), Latent.train([rows(METAL[:7]), rows(METAL[7:] + FOOD)])

    assert (whole.keys == cut.keys).all()
    assert np.allclose(whole.axes, cut.axes)


def test_a_snapshot_gives_back_the_same_axes() -> None:
    latent = Latent.train([rows(METAL + FOOD)])

    read_back = Latent.of_arrays(latent.arrays())

    assert (read_back.axes == latent.axes).all()
    assert (read_back.fold(rows(METAL)) == latent.fold(rows(METAL))).all()


@pytest.mark.parametrize("texts", [[], METAL[: FEWEST_POSTS - 10], ["", "。。", "12"] * 20])
def test_too_little_text_teaches_no_axes_and_places_nothing(texts: list[str]) -> None:
    latent = Latent.train([rows(texts)] if texts else [])

    assert (latent.fold(rows(["bearing 轴承", ""])) == np.zeros((2, DIMENSIONS))).all()


def test_what_the_corpus_does_not_know_has_no_place() -> None:
    latent = Latent.train([rows(METAL + FOOD)])

    assert not latent.fold(rows(["", "quantum", "😀"])).any()
