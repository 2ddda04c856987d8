/** The owner of the key `k` as a `UserRow`; for an organization its own id stands in for the user. */
export const KEY_OWNER_COLUMNS = `
  coalesce(u.id, 'organization:' || o.id) as id, coalesce(u.name, o.name) as name,
  coalesce(u.email, o."billingEmail") as email, coalesce(u."customerId", o."customerId") as customer_id,
  coalesce(u."isAnonymous", false) as is_guest`

/** The joins that `KEY_OWNER_COLUMNS` needs. */
export const KEY_OWNER_JOINS = `
  left join auth_user u on u.id = k.user_id
  left join auth_organization o on o.id = k.organization_id`
