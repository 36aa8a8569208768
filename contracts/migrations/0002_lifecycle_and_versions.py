"""The lifecycle up to taking effect, the government as third party, and frozen versions that never change."""

from typing import Any, ClassVar

import django.db.models.deletion
from django.db import migrations, models

import information.models.post

REFUSE = """
CREATE FUNCTION contracts_version_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'frozen versions are final: % refused', TG_OP USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER contracts_version_no_change BEFORE UPDATE OR DELETE ON contracts_contractversion
    FOR EACH ROW EXECUTE FUNCTION contracts_version_is_final();
CREATE TRIGGER contracts_version_no_truncate BEFORE TRUNCATE ON contracts_contractversion
    FOR EACH STATEMENT EXECUTE FUNCTION contracts_version_is_final();
"""
ALLOW = """
DROP TRIGGER contracts_version_no_truncate ON contracts_contractversion;
DROP TRIGGER contracts_version_no_change ON contracts_contractversion;
DROP FUNCTION contracts_version_is_final();
"""


def name_and_sort(apps: Any, schema_editor: Any) -> None:
    """Drafts opened before get a public id of their own and the form that their type stands for."""
    for contract in apps.get_model("contracts", "Contract").objects.all():
        contract.public_id = information.models.post.new_public_id()
        contract.kind = "commissioned" if contract.type_id == "development" else contract.type_id
        contract.save(update_fields=["public_id", "kind"])


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("accounts", "0001_initial"),
        ("contracts", "0001_initial"),
        ("matching", "0001_initial"),
        ("taxonomy", "0001_initial"),
    ]

    operations: ClassVar = [
        migrations.AddField(
            model_name="contract",
            name="governing_language",
            field=models.CharField(
                choices=[("zh", "Chinese"), ("en", "English")],
                default="zh",
                max_length=2,
                verbose_name="governing language",
            ),
        ),
        migrations.AddField(
            model_name="contract",
            name="government",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.organization",
                verbose_name="government party",
            ),
        ),
        migrations.AddField(
            model_name="contract",
            name="government_joined_at",
            field=models.DateTimeField(null=True, verbose_name="government joined"),
        ),
        migrations.AddField(
            model_name="contract",
            name="kind",
            field=models.CharField(
                choices=[
                    ("commissioned", "Commissioned development"),
                    ("cooperative", "Cooperative development"),
                    ("transfer", "Technology transfer"),
                    ("licence", "Technology licence"),
                    ("consulting", "Technology consulting"),
                    ("service", "Technology service"),
                ],
                default="commissioned",
                max_length=12,
                verbose_name="form of contract",
            ),
        ),
        migrations.AddField(
            model_name="contract",
            name="public_id",
            field=models.CharField(default=information.models.post.new_public_id, editable=False, max_length=12),
        ),
        migrations.RunPython(name_and_sort, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="contract",
            name="public_id",
            field=models.CharField(
                default=information.models.post.new_public_id, editable=False, max_length=12, unique=True
            ),
        ),
        migrations.AlterField(
            model_name="contract",
            name="status",
            field=models.CharField(
                choices=[
                    ("drafting", "Drafting"),
                    ("negotiating", "Negotiating"),
                    ("agreed", "Agreed"),
                    ("frozen", "Frozen"),
                    ("signing", "Being signed"),
                    ("declined", "Signature declined"),
                    ("expired", "Signing expired"),
                    ("effective", "In effect"),
                    ("withdrawn", "Withdrawn"),
                ],
                default="drafting",
                editable=False,
                max_length=12,
                verbose_name="state",
            ),
        ),
        migrations.CreateModel(
            name="ContractVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(verbose_name="version number")),
                ("content", models.BinaryField(verbose_name="content")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("frozen_at", models.DateTimeField(verbose_name="frozen")),
                (
                    "contract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="contracts.contract",
                        verbose_name="contract",
                    ),
                ),
            ],
            options={
                "verbose_name": "version of a contract",
                "verbose_name_plural": "versions of contracts",
                "ordering": ["contract", "number"],
            },
        ),
        migrations.AddField(
            model_name="contract",
            name="frozen_version",
            field=models.OneToOneField(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="contracts.contractversion",
                verbose_name="frozen version",
            ),
        ),
        migrations.AddConstraint(
            model_name="contract",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("frozen_version", None), ("status__in", ["drafting", "negotiating", "agreed"])),
                    ("status", "withdrawn"),
                    models.Q(
                        models.Q(("status__in", ["drafting", "negotiating", "agreed", "withdrawn"]), _negated=True),
                        ("frozen_version__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="contracts_frozen_means_a_version",
            ),
        ),
        migrations.AddConstraint(
            model_name="contract",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("government", None),
                    models.Q(
                        models.Q(("government", models.F("client")), _negated=True),
                        models.Q(("government", models.F("provider")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="contracts_government_is_a_third_party",
            ),
        ),
        migrations.AddConstraint(
            model_name="contract",
            constraint=models.CheckConstraint(
                condition=models.Q(("government_joined_at", None), ("government__isnull", False), _connector="OR"),
                name="contracts_joined_means_a_government",
            ),
        ),
        migrations.AddConstraint(
            model_name="contractversion",
            constraint=models.UniqueConstraint(fields=("contract", "number"), name="contracts_version_once_per_number"),
        ),
        migrations.AddConstraint(
            model_name="contractversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__gte", 1)), name="contracts_version_counts_from_one"
            ),
        ),
        migrations.AddConstraint(
            model_name="contractversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "sha256",
                        models.Func(
                            models.Func(models.F("content"), function="sha256"),
                            models.Value("hex"),
                            function="encode",
                            output_field=models.CharField(),
                        ),
                    )
                ),
                name="contracts_version_hash_is_of_its_content",
            ),
        ),
        migrations.RunSQL(REFUSE, ALLOW),
    ]
