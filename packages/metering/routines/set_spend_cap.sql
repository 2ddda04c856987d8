-- Sets or takes away the cap of one meter: what customers allow themselves to spend in a calendar month (UTC), below what they
-- have. It is asked where holds are placed, under the lock of the account, so concurrent calls cannot pass it together. What
-- was charged this month before there was a cap counts. Answers false when the account is not known.
create or replace function metering.set_spend_cap(p_bucket smallint, p_customer text, p_meter text, p_cap bigint) returns boolean
  language plpgsql as $$
declare
  v_month date;
begin
  perform metering.own_bucket(p_bucket);
  perform 1 from metering.account a
    where a.bucket = p_bucket and a.customer_id = p_customer and a.meter = p_meter for update;
  if not found then return false; end if;
  v_month := metering.month_of(metering.clock());
  update metering.account a
    set spend_cap = p_cap, spent_month = v_month, version = a.version + 1,
        spent = metering.charged_since(p_bucket, p_customer, p_meter, v_month::timestamp at time zone 'UTC')
    where a.bucket = p_bucket and a.customer_id = p_customer and a.meter = p_meter;
  return true;
end $$;
