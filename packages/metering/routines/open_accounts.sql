-- A call that may pass while the backend cannot be asked needs rows to be counted on, even for a customer never seen before.
create or replace function metering.open_accounts(p_bucket smallint, p_call jsonb) returns void
  language plpgsql as $$
begin
  insert into metering.customer (bucket, customer_id, name, email)
    values (p_bucket, p_call->>'customerId', p_call->>'name', p_call->>'email')
    on conflict (bucket, customer_id) do nothing;
  insert into metering.account (bucket, customer_id, meter)
    select p_bucket, p_call->>'customerId', c->>'meter' from jsonb_array_elements(p_call->'charges') c order by c->>'meter' collate "C"
    on conflict (bucket, customer_id, meter) do nothing;
end $$;
