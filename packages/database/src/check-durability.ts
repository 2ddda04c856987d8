import type { Database } from './database.ts'
import { DatabaseError } from './database-error.ts'

/** Refuses a server that may lose acknowledged commits. */
export async function checkDurability(database: Database): Promise<void> {
  const rows = await database.query<{ name: string; setting: string }>({
    text: `select name, setting from pg_settings
           where name in ('fsync', 'full_page_writes', 'synchronous_commit') order by name`,
  })
  const off = rows.filter(({ setting }) => setting === 'off').map(({ name }) => name)
  if (off.length === 0) return
  throw new DatabaseError(
    'not_durable',
    `This PostgreSQL runs with ${off.map((name) => `${name}=off`).join(', ')} and may lose charges it has confirmed. ` +
      `Turn ${off.join(' and ')} on, for the server, the database and the role.`,
  )
}
