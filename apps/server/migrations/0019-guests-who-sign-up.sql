-- A guest who creates an account hands its customer to the new user. Metering and the billing backend have the guest's name and address
-- until they are given those of the account, as after an event of the backend: invoices go there.
create function auth_guest_signed_up() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  insert into flowglad_event (id, customer_id) values ('billing_address_' || gen_random_uuid(), old."customerId");
  return null;
end
$$;

create trigger auth_user_guest_signed_up after update of "customerId" on auth_user
for each row when (old."isAnonymous" and new."customerId" <> old."customerId") execute function auth_guest_signed_up();
