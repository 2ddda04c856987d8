-- A guest who creates an account hands its customer to the new user. Metering and the billing backend have the guest's name and address
-- until they are given those of the account: invoices go there.
create trigger auth_user_billed_elsewhere after update of "customerId" on auth_user
for each row when (old."isAnonymous" and new."customerId" <> old."customerId") execute function auth_billed_elsewhere();
