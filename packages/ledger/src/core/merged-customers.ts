/**
 * SQL for the customer `$2` of organisation `$1` and all customers merged into it: what is granted once per customer was
 * granted if any of them had it.
 */
export const MERGED_CUSTOMERS = `with recursive merged(id) as (
    select $2::text
    union
    select move.from_customer_id from merged
    join customer_move move on move.organization_id = $1 and move.to_customer_id = merged.id
  ) select id from merged`
