-- Forgets changes that a consumer has acted upon; a customer that changed again meanwhile is due at once.
create or replace function metering.acknowledge_usage_changes(p_bucket smallint, p_customer text[], p_change uuid[]) returns void
  language plpgsql as $$
begin
  perform metering.own_bucket(p_bucket);
  -- In the order in which a relay notes them, so that neither waits for the other.
  perform 1 from metering.usage_change u
    where u.bucket = p_bucket and u.customer_id = any (p_customer) order by u.customer_id for update;
  delete from metering.usage_change u
    using unnest(p_customer, p_change) d(customer_id, change_id)
    where u.bucket = p_bucket and u.customer_id = d.customer_id and u.change_id = d.change_id
      and u.customer_id = any (p_customer);
  update metering.usage_change u set claimed_until = '-infinity'
    where u.bucket = p_bucket and u.customer_id = any (p_customer);
end $$;
