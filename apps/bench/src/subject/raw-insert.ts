import { randomUUID } from 'node:crypto'
import type { Database } from '@tollgate/database'

/** Creates the table of the lower bound that metering is compared with. */
export async function makeInsertTable(database: Database): Promise<void> {
  await database.query({
    text: `create table if not exists raw_insert
             (id text primary key, customer_id text not null, amount bigint not null, at timestamptz not null)`,
  })
}

/** The minimum of a durable charge: one row, one statement, one commit. */
export async function insertRow(database: Database): Promise<string | null> {
  await database.query({
    name: 'bench.raw_insert',
    text: 'insert into raw_insert (id, customer_id, amount, at) values ($1, $2, $3, now())',
    values: [randomUUID(), 'customer', 1],
  })
  return null
}
