-- Sets what a subject may spend of one meter, in a month or in all (null), or lifts it without an amount. It is asked where holds are
-- placed, under the lock of the account, so concurrent calls cannot pass it together. What was charged this month before there was
-- a limit counts; one without a period counts from when it was set first. Answers false when the account is not known.
create or replace function metering.set_limit(
    p_bucket smallint, p_customer text, p_meter text, p_subject text, p_amount bigint, p_period text, p_expires_at timestamptz)
  returns boolean language plpgsql as $$
declare
  l metering.spend_limit%rowtype;
  v_now timestamptz;
  v_from timestamptz;
  v_spent bigint;
begin
  perform metering.own_bucket(p_bucket);
  perform 1 from metering.account a
    where a.bucket = p_bucket and a.customer_id = p_customer and a.meter = p_meter for update;
  if not found then return false; end if;
  v_now := metering.clock();
  if p_amount is null then
    delete from metering.spend_limit li
      where li.bucket = p_bucket and li.customer_id = p_customer and li.meter = p_meter and li.subject = p_subject;
  else
    select * into l from metering.spend_limit li
      where li.bucket = p_bucket and li.customer_id = p_customer and li.meter = p_meter and li.subject = p_subject;
    if l.amount is not null and l.period is not distinct from p_period then
      v_from := l.counted_from;
      v_spent := l.spent;
    else
      v_from := case when p_period is null then v_now else metering.month_start(v_now) end;
      v_spent := metering.charged_to_subject(p_bucket, p_customer, p_meter, p_subject, v_from);
    end if;
    insert into metering.spend_limit (bucket, customer_id, meter, subject, amount, period, spent, counted_from, expires_at)
      values (p_bucket, p_customer, p_meter, p_subject, p_amount, p_period, v_spent, v_from, p_expires_at)
      on conflict (bucket, customer_id, meter, subject) do update
        set amount = excluded.amount, period = excluded.period, spent = excluded.spent, counted_from = excluded.counted_from,
            expires_at = excluded.expires_at;
  end if;
  update metering.account a
    set version = a.version + 1,
        limited = exists (
          select 1 from metering.spend_limit li
          where li.bucket = p_bucket and li.customer_id = p_customer and li.meter = p_meter)
    where a.bucket = p_bucket and a.customer_id = p_customer and a.meter = p_meter;
  if p_subject = 'customer' then
    -- The version before keeps to the monthly cap in these columns.
    update metering.account a
      set spend_cap = case when p_period = 'month' then p_amount end, spent_month = metering.month_of(v_now),
          spent = metering.spent_in_period(p_period, coalesce(v_spent, 0), v_from, metering.month_start(v_now))
      where a.bucket = p_bucket and a.customer_id = p_customer and a.meter = p_meter;
  end if;
  return true;
end $$;
