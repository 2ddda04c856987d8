import type { Database } from '@tollgate/database'

/** Makes every statement of this kind on customers fail, as if the connection had broken; returns how to undo that. */
export async function interruptStatement(
  database: Database,
  statement: string,
): Promise<() => Promise<void>> {
  for (const text of [
    `create function public.interrupt() returns trigger language plpgsql as $$ begin raise exception 'interrupted'; end $$`,
    `create trigger interrupted before ${statement} on metering.customer for each statement execute function public.interrupt()`,
    'alter table metering.customer enable always trigger interrupted',
  ])
    await database.query({ text })
  return async () => {
    await database.query({ text: 'drop function public.interrupt() cascade' })
  }
}
