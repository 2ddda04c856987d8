/**
 * SQL for the customer `$2` of organisation `$1` and all whose belongings were moved to it: what is given once per
 * customer was given if one of them has had it.
 */
export const MERGED_CUSTOMERS = `with recursive merged(id) as (
    select $2::text
    union
    select move.from_customer_id from merged
    join customer_move move on move.organization_id = $1 and move.to_customer_id = merged.id
  ) select id from merged`
