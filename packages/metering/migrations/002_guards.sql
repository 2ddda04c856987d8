-- What no statement may do, whoever writes it.

create function metering.guard_account() returns trigger language plpgsql as $$
begin
  new.version := old.version + 1;
  if new.held + new.unsynced > old.held + old.unsynced
     and new.synced_balance = old.synced_balance
     and not new.unlimited and not new.soft_limit
     and new.degraded <= old.degraded
     and new.synced_balance - new.unsynced - new.held < 0 then
    raise exception 'account % % would be overspent', new.customer_id, new.meter
      using errcode = 'check_violation', constraint = 'account_not_overspent';
  end if;
  return new;
end $$;

create trigger guard_account before update on metering.account
  for each row execute function metering.guard_account();

create function metering.guard_operation() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    raise exception 'operation % is kept', old.operation_id using errcode = 'check_violation';
  elsif tg_op = 'INSERT' then
    if new.state <> 'executing' or new.attempt <> 1 or new.fence <> 1 then
      raise exception 'an operation begins executing, with attempt 1 and fence 1' using errcode = 'check_violation';
    end if;
    return new;
  end if;
  if (new.procedure, new.fingerprint, new.created_at) is distinct from (old.procedure, old.fingerprint, old.created_at)
     or (new.key_hash is distinct from old.key_hash and new.key_hash is not null) then
    raise exception 'operation % was made to be another', old.operation_id using errcode = 'check_violation';
  end if;
  if not (case old.state
    when 'executing' then case new.state
      when 'executing' then (new.fence = old.fence and new.attempt = old.attempt)
                         or (new.fence = old.fence + 1 and new.attempt = old.attempt + 1)
      when 'settled' then new.attempt = old.attempt and new.fence in (old.fence, old.fence + 1)
      when 'voided' then new.attempt = old.attempt and new.fence in (old.fence, old.fence + 1)
      when 'expired' then new.attempt = old.attempt and new.fence = old.fence + 1
    end
    when 'settled' then new.state = 'settled' and new.fence = old.fence and new.attempt = old.attempt
      and (new.result is null or new.result = old.result)
    when 'expired' then
         (new.state = 'executing' and new.fence = old.fence + 1 and new.attempt = old.attempt + 1)
      or (new.state = 'settled' and new.late and new.fence = old.fence and new.attempt = old.attempt)
      or (new.state = 'expired' and new.fence = old.fence and new.attempt = old.attempt)
    when 'voided' then
         (new.state = 'executing' and new.fence = old.fence + 1 and new.attempt = old.attempt + 1)
      or (new.state = 'voided' and new.fence = old.fence and new.attempt = old.attempt)
  end) then
    raise exception 'operation %: % (fence %, attempt %) cannot become % (fence %, attempt %)', old.operation_id,
      old.state, old.fence, old.attempt, new.state, new.fence, new.attempt
      using errcode = 'check_violation', constraint = 'operation_legal_transition';
  end if;
  return new;
end $$;

create trigger guard_operation before insert or update or delete on metering.operation
  for each row execute function metering.guard_operation();

create function metering.guard_usage_event() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    raise exception 'usage event % is kept', old.transaction_id using errcode = 'check_violation';
  end if;
  if (new.customer_id, new.transaction_id, new.operation_id, new.meter, new.amount, new.occurred_at)
     is distinct from
     (old.customer_id, old.transaction_id, old.operation_id, old.meter, old.amount, old.occurred_at)
     or (old.subscription_id is not null and new.subscription_id is distinct from old.subscription_id)
     or (old.state = 'delivered' and new.state <> 'delivered') then
    raise exception 'usage event % is a fact and does not change', old.transaction_id
      using errcode = 'check_violation', constraint = 'usage_event_append_only';
  end if;
  return new;
end $$;

create trigger guard_usage_event before update or delete on metering.usage_event
  for each row execute function metering.guard_usage_event();

-- Follows from what is written down of sendings and answers, so that no statement can forget it.
create function metering.note_doubt() returns trigger language plpgsql as $$
begin
  new.unanswered := greatest(0,
    old.unanswered + new.sendings - old.sendings - greatest(0, new.refusals - old.refusals));
  new.in_doubt := new.unanswered > 0 and new.state <> 'delivered';
  return new;
end $$;

create trigger note_doubt before update of state, sendings, refusals on metering.usage_event
  for each row execute function metering.note_doubt();

-- Charging is the one thing that lowers what is held and raises what the backend has not heard of, so no statement that
-- charges can forget to count.
create function metering.note_spending() returns trigger language plpgsql as $$
declare
  v_month date := metering.this_month();
begin
  new.spent := case when old.spent_month = v_month then old.spent else 0 end + new.unsynced - old.unsynced;
  new.spent_month := v_month;
  return new;
end $$;

create trigger note_spending before update of held, unsynced on metering.account
  for each row when (new.spend_cap is not null and new.held < old.held and new.unsynced > old.unsynced)
  execute function metering.note_spending();
