-- What a member asks for is also to raise its own limit: once for each meter until it is closed, and not once a day. The version
-- before knows only requests to buy; a request without a day never meets its constraint.
alter table auth_purchase_request
  add column kind text not null default 'purchase' check (kind in ('purchase', 'raise_limit')),
  alter column asked_on drop not null,
  add constraint auth_purchase_request_day check ((kind = 'purchase') = (asked_on is not null)),
  add constraint auth_purchase_request_meter check (kind = 'purchase' or meter is not null);

create unique index auth_purchase_request_raise on auth_purchase_request (organization_id, user_id, meter)
where kind = 'raise_limit' and resolved_at is null;
