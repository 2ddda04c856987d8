-- A usage event is a fact: it is delivered as it is, and deleted only after it was sent.
create or replace trigger guard_outbox before update of bucket, customer_id, operation_id, meter, amount, occurred_at
  on metering.outbox for each row
  execute function metering.deny_change('a usage event is a fact and does not change', 'usage_event_append_only');

create or replace trigger guard_outbox_subscription before update of subscription_id on metering.outbox
  for each row when (old.subscription_id is not null and new.subscription_id is distinct from old.subscription_id)
  execute function metering.deny_change('a usage event is a fact and does not change', 'usage_event_append_only');

create or replace trigger guard_outbox_kept before delete on metering.outbox
  for each row when (old.sendings = 0 or old.quarantined)
  execute function metering.deny_change('a usage event that was not delivered is kept', 'usage_event_kept');
