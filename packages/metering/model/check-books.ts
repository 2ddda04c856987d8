import { INVARIANTS } from '../src/verify/invariants.ts'
import { Violation } from './violation.ts'
import type { World } from './world.ts'

/** What waits for a person or for the sweeper is no violation while faults are on. */
const AT_REST_ONLY = new Set(['I20', 'I22'])

/** Checks in one round trip that the books are right at this very moment. */
export async function checkBooks(world: World): Promise<void> {
  const rows = await world.scratch.database.query<{ id: string; row: unknown }>({
    name: 'model.check_books',
    text: ALL_AT_ONCE,
  })
  const first = rows[0]
  if (!first) return
  const invariant = INVARIANTS.find(({ id }) => id === first.id)
  throw new Violation(first.id, invariant?.title ?? '', rows.slice(0, 3))
}

const ALL_AT_ONCE = INVARIANTS.filter(({ id }) => !AT_REST_ONLY.has(id))
  .map(({ id, sql }) => `select '${id}' as id, to_jsonb(v) as row from (${sql}) v`)
  .join(' union all ')
