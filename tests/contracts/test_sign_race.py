"""Many who want to sign at once: exactly one succeeds, and no file is forked."""

import threading
from collections import Counter
from typing import Any

import pytest
from django.db import connection

from contracts import services
from contracts.models import ContractFile, Signature
from journal.errors import DomainError
from tests.contracts.signers import Case, case, intent

AT_ONCE = 8


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_exactly_one_signs(platform_keys: None) -> None:
    started = case().start()
    outcomes = at_once(started, AT_ONCE)

    assert (outcomes["signed"], outcomes["refused"]) == (1, AT_ONCE - 1)
    assert list(ContractFile.objects.order_by("number").values_list("number", flat=True)) == [0, 1, 2]
    assert Signature.objects.filter(role="client").count() == 1
    assert started.signing.turn == "provider"


def at_once(started: Case, count: int) -> Counter[str]:
    """What became of so many requests to sign for the enterprise with the same page before them."""
    by, signing, version = started.people["client"], started.signing, started.fresh().version
    barrier, outcomes = threading.Barrier(count), Counter[str]()

    def attempt() -> None:
        try:
            barrier.wait()
            services.sign(signing, by=by, version=version, intent=intent(by))
            outcomes["signed"] += 1
        except DomainError:
            outcomes["refused"] += 1
        except Exception as fault:  # noqa: BLE001
            outcomes[repr(fault)] += 1
        finally:
            connection.close()

    run_all([threading.Thread(target=attempt) for _ in range(count)])
    return outcomes


def run_all(threads: list[Any]) -> None:
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
