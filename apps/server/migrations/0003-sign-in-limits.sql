-- Counts attempts per account and new customers per address, for every server on this database; the columns are those of
-- rate-limiter-flexible. Rows end by themselves: what has expired an hour ago is deleted.
create table auth_limit (
  key varchar(255) primary key,
  points integer not null default 0,
  -- Epoch milliseconds.
  expire bigint
);
create index auth_limit_expire on auth_limit (expire);
