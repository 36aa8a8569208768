"""The database itself refuses to change or remove what the journal says."""

from typing import ClassVar

from django.db import migrations

REFUSE = """
CREATE FUNCTION journal_entry_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'journal entries are final: % refused', TG_OP USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER journal_entry_no_change BEFORE UPDATE OR DELETE ON journal_entry
    FOR EACH ROW EXECUTE FUNCTION journal_entry_is_final();
CREATE TRIGGER journal_entry_no_truncate BEFORE TRUNCATE ON journal_entry
    FOR EACH STATEMENT EXECUTE FUNCTION journal_entry_is_final();
"""

ALLOW = """
DROP TRIGGER journal_entry_no_truncate ON journal_entry;
DROP TRIGGER journal_entry_no_change ON journal_entry;
DROP FUNCTION journal_entry_is_final();
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("journal", "0001_initial")]
    operations: ClassVar = [migrations.RunSQL(REFUSE, ALLOW)]
