from tests import factories
def test_x(match, mutual_match=None): 
    c = factories.ContractFactory.create(); factories.CaseFactory.create(match=c.match, contract=c)
    assert match.status=="suggested"
    c.full_clean()
    match.need.full_clean()
def test_y(mutual_match, transactional_db):
    pass
def test_z(mutual_match, transactional_db):
    pass
