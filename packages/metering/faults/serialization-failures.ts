import type { Database } from '@tollgate/database'

/** What a busy or a distributed database does now and then: the statement is undone and has to be sent again. */
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
  // One of them in each of place, settle, claim, read, deliver and record, so that it is a fifth of those.
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

/** From now on every fifth statement of metering's that writes fails with 40001. */
export async function refuseEveryFifth(database: Database): Promise<void> {
  for (const text of REFUSE_EVERY_FIFTH) await database.query({ text })
}

/** How many were refused so far; a sequence is not undone with its transaction. */
export async function refusedSoFar(database: Database): Promise<number> {
  const rows = await database.query<{ refused: number }>({
    text: 'select last_value as refused from metering.refused',
  })
  return rows[0]?.refused ?? 0
}
