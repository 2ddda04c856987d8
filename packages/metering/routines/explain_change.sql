-- Why a balance changed by p_change at the backend, as far as the sources of its credits show: what came with sources that are
-- new or grew, then what was left of those that are gone or shrank. What neither explains is an adjustment.
create or replace function metering.explain_change(p_old jsonb, p_new jsonb, p_change bigint, p_now timestamptz)
  returns table (reason text, name text, amount bigint) language plpgsql stable as $$
#variable_conflict use_column
declare
  v_left bigint := p_change;
  s record;
begin
  for s in
    select x.source, x.name, x.expires_at, sum(x.sign * x.granted) as granted, -sum(x.sign * x.remaining) as lost
    from (
      select 1 as sign, n.* from jsonb_to_recordset(p_new)
        n(source text, name text, granted numeric, remaining numeric, "expiresAt" timestamptz)
      union all
      select -1, o.* from jsonb_to_recordset(p_old)
        o(source text, name text, granted numeric, remaining numeric, "expiresAt" timestamptz)
      ) x(sign, source, name, granted, remaining, expires_at)
    group by x.source, x.name, x.expires_at
    having sum(x.sign * x.granted) <> 0
    order by sum(x.sign * x.granted) desc, x.expires_at, x.name
  loop
    name := s.name;
    if s.granted > 0 then
      reason := case s.source when 'topup' then 'purchase' else s.source end;
      amount := s.granted;
    else
      reason := case when s.expires_at <= p_now then 'expiry' when s.source = 'topup' then 'refund' else 'adjustment' end;
      amount := -least(greatest(0, s.lost), greatest(0, -v_left));
    end if;
    v_left := v_left - amount;
    if amount <> 0 then return next; end if;
  end loop;
  if v_left <> 0 then
    reason := 'adjustment';
    name := null;
    amount := v_left;
    return next;
  end if;
end $$;
