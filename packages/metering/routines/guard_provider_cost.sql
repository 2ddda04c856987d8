-- History does not change with a price: only an estimate is replaced, and a sum by that of more calls.
create or replace trigger guard_provider_cost before update on metering.provider_cost
  for each row when (old.source <> 'estimated' and new.calls <= old.calls)
  execute function metering.deny_change('what a provider was paid does not change', 'provider_cost_kept');
