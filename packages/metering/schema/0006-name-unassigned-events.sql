-- An event without a subscription is unassigned; no statement names the index.
alter index metering.outbox_homeless rename to outbox_unassigned;
