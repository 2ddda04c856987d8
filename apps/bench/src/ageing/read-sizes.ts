import type { Database } from '@tollgate/database'

/** Megabytes of each metering table with its indexes, and row counts from the statistics. */
export type Sizes = { relation: string; megabytes: number }[]

/** Reads the sizes of the tables that ageing changes, with their indexes. */
export function readSizes(database: Database): Promise<Sizes> {
  return database.query({
    text: `select c.relname as relation, round(pg_relation_size(c.oid) / 1e6)::integer as megabytes
      from pg_class c
      left join pg_index i on i.indexrelid = c.oid
      join pg_class t on t.oid = coalesce(i.indrelid, c.oid)
      where t.relnamespace = 'metering'::regnamespace and t.relname in ('operation', 'aged_key') and c.relkind in ('r', 'i')
      order by t.relname desc, c.relkind desc, c.relname`,
  })
}
