import type { Database } from '@tollgate/database'

/** Imitates a busy or distributed database, which occasionally rolls a statement back that then has to be retried. */
const REFUSE_EVERY_FIFTH = [
  'create sequence metering.refusable',
  'create sequence metering.refused',
  `create function metering.refuse_every_fifth() returns trigger language plpgsql as $$
   begin
     if nextval('metering.refusable') % 5 = 0 then
       perform nextval('metering.refused');
       raise exception 'could not serialize access' using errcode = '40001';
     end if;
     return null;
   end $$`,
  // Each place, settle, claim, read, deliver and record fires exactly one of these triggers, so a fifth of them fail.
  ...[
    'insert or update on metering.operation',
    'update or delete on metering.outbox',
    'update of claim_token on metering.customer',
  ].map(
    (change) =>
      `create trigger refuse_every_fifth after ${change}
       for each statement execute function metering.refuse_every_fifth()`,
  ),
]

/** Makes every fifth writing statement of metering fail with 40001 from now on. */
export async function refuseEveryFifth(database: Database): Promise<void> {
  for (const text of REFUSE_EVERY_FIFTH) await database.query({ text })
}

/** How many statements have failed so far; a rollback does not undo a sequence. */
export async function refusedSoFar(database: Database): Promise<number> {
  const rows = await database.query<{ refused: number }>({
    text: 'select last_value as refused from metering.refused',
  })
  return rows[0]?.refused ?? 0
}
