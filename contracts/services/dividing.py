"""Putting a division of income forward: into the draft, or as a proposal for the clause on income."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from contracts.models import Contract
from contracts.services.drafting import describe
from contracts.services.negotiating import propose
from journal.errors import BadInput, GuardFailed


@transaction.atomic
def put_shares(contract: Contract, *, by: User, version: int, shares: Mapping[str, str]) -> None:
    """Put the sides' shares of income forward, {"client_share": "60", "provider_share": "40"}, in per cent.

    `version` is the draft's, or, once clauses are negotiated, that of the clause on income. Raises what the two ways
    raise, BadInput if a share is missing, and GuardFailed for a contract without such a clause.
    """
    if empty := [name for name in ("client_share", "provider_share") if not shares.get(name)]:
        raise BadInput(
            _("Say what share each side gets."), fields={name: [_("Write a number here.")] for name in empty}
        )
    current = Contract.objects.get(pk=contract.pk)
    if current.status == Contract.Status.DRAFTING:
        describe(current, by=by, version=version, particulars=shares)
        return
    clause = current.clauses.filter(key="income").first()
    if clause is None:
        raise GuardFailed(_("This contract has no clause on the division of income."))
    propose(
        current,
        "income",
        by=by,
        version=version,
        body_zh=clause.body_zh,
        body_en=clause.body_en,
        particulars=shares,
        note=_("From the sharing calculator."),
    )
