-- Before a customer's last user goes, the checkouts that can still be paid are counted.
create index checkout_session_open on checkout_session (organization_id, customer_id) where status in ('open', 'pending');
