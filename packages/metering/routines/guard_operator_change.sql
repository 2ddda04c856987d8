-- What an operator did stays written down as it was.
create or replace trigger guard_operator_change before update or delete on metering.operator_change
  for each row execute function metering.deny_change('what an operator changed stays recorded', 'operator_change_append_only');

create or replace trigger guard_operator_change_kept before truncate on metering.operator_change
  for each statement execute function metering.deny_change('what an operator changed stays recorded', 'operator_change_append_only');
