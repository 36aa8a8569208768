"""Pages of contracts: the list and the contract itself, its draft, its clauses, the clause library."""
