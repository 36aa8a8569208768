"""The database itself refuses amounts that do not add up, and money for what was not met or is in dispute."""

from typing import ClassVar

from django.db import migrations

REFUSE = """
CREATE FUNCTION contracts_amounts_add_up() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    concerned bigint;
    agreed numeric;
    planned numeric;
BEGIN
    IF TG_TABLE_NAME = 'contracts_project' THEN concerned := NEW.id;
    ELSE concerned := COALESCE(NEW.project_id, OLD.project_id);
    END IF;
    SELECT total INTO agreed FROM contracts_project WHERE id = concerned;
    IF agreed IS NULL THEN RETURN NULL; END IF;
    SELECT COALESCE(SUM(amount), 0) INTO planned FROM contracts_payment
        WHERE project_id = concerned AND kind IN ('entry_fee', 'instalment');
    IF planned <> agreed THEN
        RAISE EXCEPTION 'the instalments of project % add up to %, not to %', concerned, planned, agreed
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER contracts_payments_add_up AFTER INSERT OR UPDATE OR DELETE ON contracts_payment
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION contracts_amounts_add_up();
CREATE CONSTRAINT TRIGGER contracts_total_adds_up AFTER INSERT OR UPDATE OF total ON contracts_project
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION contracts_amounts_add_up();

CREATE FUNCTION contracts_payment_is_earned() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    reached text;
    standing text;
BEGIN
    IF NEW.status NOT IN ('due', 'recorded') OR NEW.status = OLD.status THEN RETURN NEW; END IF;
    SELECT status INTO reached FROM contracts_milestone WHERE id = NEW.milestone_id;
    IF NEW.milestone_id IS NOT NULL AND reached NOT IN ('accepted', 'partially_met') AND OLD.status = 'planned' THEN
        RAISE EXCEPTION 'payment % hangs on a milestone that was not met', NEW.id USING ERRCODE = 'check_violation';
    END IF;
    SELECT status INTO standing FROM contracts_project WHERE id = NEW.project_id;
    IF NEW.status = 'recorded' AND standing IN ('disputed', 'suspended') THEN
        RAISE EXCEPTION 'payment % waits while its project is %', NEW.id, standing USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER contracts_payment_is_earned BEFORE UPDATE OF status ON contracts_payment
    FOR EACH ROW EXECUTE FUNCTION contracts_payment_is_earned();
"""

ALLOW = """
DROP TRIGGER contracts_payment_is_earned ON contracts_payment;
DROP FUNCTION contracts_payment_is_earned();
DROP TRIGGER contracts_total_adds_up ON contracts_project;
DROP TRIGGER contracts_payments_add_up ON contracts_payment;
DROP FUNCTION contracts_amounts_add_up();
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("contracts", "0004_execution")]
    operations: ClassVar = [migrations.RunSQL(REFUSE, ALLOW)]
