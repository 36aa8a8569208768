"""A client for each person, and posts as programs send them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from pytest_django import Settings
from rest_framework.test import APIClient

from accounts.models import Organization, User
from tests import factories

ClientOf = Callable[[User | AnonymousUser], APIClient]


@pytest.fixture(autouse=True)
def no_static_files(settings: Settings, tmp_path: Path) -> None:
    # WhiteNoise warns where no static files were collected yet; none are needed here.
    settings.STATIC_ROOT = tmp_path


@pytest.fixture
def client_of(db: None) -> ClientOf:
    """A client that is logged in as the person, and reads English."""

    def client(user: User | AnonymousUser) -> APIClient:
        client = APIClient(headers={"accept-language": "en"})
        if isinstance(user, User):
            client.force_login(user)
        return client

    return client


@pytest.fixture
def need_body(enterprise: Organization) -> dict[str, Any]:
    """A need with every field that can be set."""
    node = factories.ChainNodeFactory.create()
    return {
        "owner": enterprise.pk,
        "external_id": "N-1",
        "title_zh": "高速主轴",
        "title_en": "High-speed spindle",
        "summary_zh": "温升小",
        "summary_en": "Little heat",
        "keywords_zh": ["主轴"],
        "keywords_en": ["spindle"],
        "origin_zh": "human",
        "origin_en": "human",
        "chain_nodes": [node.code],
        "industries": [],
        "region": factories.RegionFactory.create().code,
        "visibility": "public",
        "valid_through": "2099-12-31",
        "type": factories.ContractTypeFactory.create().code,
        "problem_zh": "温升过高。",
        "problem_en": "It heats up.",
        "present_state_zh": "四十度",
        "present_state_en": "40 K",
        "acceptance_zh": "按标准测试",
        "acceptance_en": "Tested to the standard",
        "targets": [
            {
                "parameter_zh": "温升",
                "parameter_en": "temperature rise",
                "operator": "<=",
                "value": 25,
                "unit": "K",
                "method_zh": "热电偶",
                "method_en": "thermocouple",
            }
        ],
        "trl_current": 4,
        "trl_required": 7,
        "budget_min": "100000.00",
        "budget_max": "200000.00",
        "currency": "CNY",
        "deadline": "2027-06-30",
    }


@pytest.fixture
def achievement_body(university: Organization) -> dict[str, Any]:
    """An achievement with every field that can be set."""
    return {
        "owner": university.pk,
        "external_id": "A-1",
        "title_zh": "油气润滑轴承",
        "title_en": "Oil-air bearing",
        "summary_zh": "温升小",
        "summary_en": "Little heat",
        "keywords_zh": ["轴承"],
        "keywords_en": ["bearing"],
        "origin_zh": "human",
        "origin_en": "machine",
        "chain_nodes": [],
        "industries": [],
        "region": None,
        "visibility": "members",
        "valid_through": None,
        "type": "patent",
        "description_zh": "陶瓷球轴承。",
        "description_en": "Ceramic balls.",
        "benefits": [{"metric_zh": "温升", "metric_en": "temperature rise", "baseline": 40, "value": 22, "unit": "K"}],
        "stage": None,
        "trl": 6,
        "trl_evidence_zh": "台架试验",
        "trl_evidence_en": "Bench test",
        "ip": [{"kind": "invention_patent", "status": "granted", "number": "ZL1"}],
        "offer_modes": ["transfer", "equity"],
        "price_expectation": "500000.00",
    }
