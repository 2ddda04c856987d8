-- Late usage asks what became of grants; their usage is by far the most and is not asked for.
create index ledger_entry_of_grant on ledger_entry (organization_id, customer_id, credit_grant_id) where kind <> 'usage';
