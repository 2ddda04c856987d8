-- What customers allow themselves to spend of a meter in a calendar month (UTC): a limit of their own, below what they have.
-- It is asked where holds are placed, under the lock of the account, so concurrent calls cannot pass it together.

-- Sets or takes away the cap of one meter; answers false when the account is not known. What was charged this month before
-- there was a cap counts: an operation lives no longer than its key is kept, thirty days, so older ones are not looked at.
create function metering.set_spend_cap(p_customer text, p_meter text, p_cap bigint) returns boolean
  language plpgsql as $$
declare
  v_month date;
  v_begins timestamptz;
begin
  perform 1 from metering.account where customer_id = p_customer and meter = p_meter for update;
  if not found then return false; end if;
  v_month := metering.this_month();
  v_begins := v_month::timestamp at time zone 'UTC';
  update metering.account
    set spend_cap = p_cap, spent_month = v_month, spent = (
      select coalesce(sum(h.charged), 0)
      from metering.operation o join metering.hold h using (customer_id, operation_id)
      where o.customer_id = p_customer and o.attempt >= 1 and o.created_at >= v_begins - interval '31 days'
        and o.ended_at >= v_begins and h.meter = p_meter and h.state = 'charged')
    where customer_id = p_customer and meter = p_meter;
  return true;
end $$;

create function metering.read_spend_caps(p_customer text) returns jsonb
  language sql volatile as $$
    select coalesce(jsonb_agg(jsonb_build_object('meter', a.meter, 'cap', a.spend_cap,
      'spent', case when a.spent_month = metering.this_month() then a.spent else 0 end,
      'renewsAt', metering.next_month()) order by a.meter), '[]')
    from metering.account a where a.customer_id = p_customer and a.spend_cap is not null $$;
