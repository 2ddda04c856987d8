-- What providers did for operations and what that costs us, for the figures of operators; no charge depends on it. A row per attempt,
-- which is known by its fence, and model. Written with the charge, or as the hold of failed work is released; an operation without
-- any has none, and whether that cost something is not known.
create table metering.provider_cost (
  operation_id uuid not null,
  -- Millionths of a dollar; null where the price was not known.
  cost_micros bigint check (cost_micros >= 0),
  -- Null where no tokens are counted. What was cached is part of the input.
  input_tokens bigint check (input_tokens >= 0),
  cached_input_tokens bigint check (cached_input_tokens >= 0),
  output_tokens bigint check (output_tokens >= 0),
  fence integer not null,
  calls integer not null check (calls > 0),
  bucket smallint not null,
  -- An estimate is replaced once the provider reports; what was reported or declared stays.
  source text not null check (source in ('reported', 'estimated', 'declared')),
  provider text not null check (provider <> ''),
  model text not null check (model <> ''),
  primary key (bucket, operation_id, fence, provider, model)
);
