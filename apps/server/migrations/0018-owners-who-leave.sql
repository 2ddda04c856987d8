-- Who is no owner any more leaves no invitation behind by which it, or someone it knows, would be one again.
create function auth_owner_left() returns trigger
language plpgsql as $$
begin
  if tg_op = 'DELETE' or new.role <> 'owner' then
    update auth_invitation set status = 'canceled'
    where "organizationId" = old."organizationId" and "inviterId" = old."userId" and status = 'pending';
  end if;
  return null;
end
$$;

create trigger auth_member_left_invitations after update of role or delete on auth_member
for each row when (old.role = 'owner') execute function auth_owner_left();

-- Invoices and alerts of an organization do not go to someone who has nothing to do with its payments any more, but to its first owner.
create function auth_payer_left() returns trigger
language plpgsql as $$
begin
  if tg_op = 'DELETE' or new.role not in ('owner', 'billing') then
    update auth_organization o set "billingEmail" = heir.email
    from (
      select u.email from auth_member m
      join auth_user u on u.id = m."userId"
      where m."organizationId" = old."organizationId" and m.role = 'owner' order by m."createdAt", m.id limit 1) heir
    where o.id = old."organizationId" and exists (
      select from auth_user u where u.id = old."userId" and lower(u.email) = lower(o."billingEmail"));
  end if;
  return null;
end
$$;

create trigger auth_member_left_bills after update of role or delete on auth_member
for each row when (old.role in ('owner', 'billing')) execute function auth_payer_left();

-- Metering and the billing backend have the address, too, and are given the new one as after an event of the backend. What signs people
-- in may not write those.
create function auth_billed_elsewhere() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  insert into flowglad_event (id, customer_id) values ('billing_address_' || gen_random_uuid(), old."customerId");
  return null;
end
$$;

create trigger auth_organization_billed_elsewhere after update of "billingEmail" on auth_organization
for each row when (new."billingEmail" <> old."billingEmail") execute function auth_billed_elsewhere();
