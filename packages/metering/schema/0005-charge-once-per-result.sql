-- What an operation was charged for, when that is its result and not its key: the digest of customer, procedure and the result's id.
-- One operation has it; any other that comes to the same result is charged nothing and names that one.
alter table metering.operation add column charge_key uuid;
alter table metering.operation add column charged_by uuid;
create unique index operation_charge_key on metering.operation (charge_key, bucket) where charge_key is not null;
