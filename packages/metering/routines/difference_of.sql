-- What the backend stored under our id that is not ours; null when it is ours. Another client may have used the id first.
create or replace function metering.difference_of(
    p_amount integer, p_subscription text, p_meter text, r_amount bigint, r_subscription text, r_meter text)
  returns text language sql immutable parallel safe as $$
    select case
      when r_amount is distinct from p_amount
        then format('the backend holds amount %s under this id, we sent %s', coalesce(r_amount::text, 'none'), p_amount)
      when r_subscription is distinct from p_subscription
        then format('the backend holds subscription %s under this id, we sent %s', coalesce(r_subscription, 'none'), p_subscription)
      when r_meter <> p_meter
        then format('the backend holds meter %s under this id, we sent %s', r_meter, p_meter)
    end $$;
