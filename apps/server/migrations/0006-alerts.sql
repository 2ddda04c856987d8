-- A used share of what was granted that a subject reached in a billing period. The key makes it one alert, however many processes
-- see it; the id follows from the key.
create table alert (
  alert_id text primary key,
  customer_id text not null,
  -- Whose use it is: the customer's own, or a part of it such as one member's or one key's.
  subject text not null default 'customer',
  meter text not null,
  threshold smallint not null check (threshold between 1 and 100),
  -- When the period began, as the billing backend says it; 'always' without one.
  period text not null,
  used bigint not null,
  granted bigint not null,
  resets_at timestamptz,
  -- False when the customer did not ask for it, or a higher one was reached at the same time.
  is_announced boolean not null,
  raised_at timestamptz not null default now(),
  read_at timestamptz,
  dismissed_at timestamptz,
  unique (customer_id, subject, meter, period, threshold)
);
create index alert_newest on alert (customer_id, raised_at desc, alert_id desc) where is_announced and dismissed_at is null;
create index alert_age on alert (raised_at);

-- What a customer wants to be alerted of; one without a row has the defaults.
create table alert_preference (
  customer_id text primary key,
  thresholds smallint[] not null,
  updated_at timestamptz not null default now()
);

-- Upgrade prompts that a customer closed, by the id of the prompt.
create table alert_dismissed_prompt (
  customer_id text not null,
  prompt_id text not null,
  dismissed_at timestamptz not null default now(),
  primary key (customer_id, prompt_id)
);
