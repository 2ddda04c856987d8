import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createApiKey } from '../fixtures/api-key-of.ts'
import type { Guest } from '../fixtures/guest.ts'
import { openLimitTable } from '../fixtures/limit-table.ts'
import { enter, newCredentials } from '../fixtures/sign-in-account.ts'
import { type RunBudget, type StartedRun, startRun } from '../fixtures/start-run.ts'
import { startTestServer } from '../fixtures/start-test-server.ts'

const PROCEDURES = ['tools.qrCode', 'images.generate', 'text.summarize']
const METERS = ['api_calls', 'image_generations', 'ai_tokens']

let server: Awaited<ReturnType<typeof startTestServer>>
let limits: ReturnType<typeof openLimitTable>
let owner: Guest
beforeAll(async () => {
  server = await startTestServer()
  limits = openLimitTable(server.config.databaseUrl ?? '')
  owner = await enter(server.url, 'sign-up/email', newCredentials())
  await owner.read('billing.balance')
})
afterAll(async () => {
  await limits?.close()
  await server?.close()
})

const procedures = fc.uniqueArray(fc.constantFrom(...PROCEDURES), { minLength: 1 })
const credits = fc.integer({ min: 1, max: 6 })
const keyScope = fc.record({ procedures }, { requiredKeys: [] })
const budget: fc.Arbitrary<RunBudget> = fc.record(
  {
    limits: fc.dictionary(fc.constantFrom(...METERS), credits, { minKeys: 1 }),
    procedures,
    expiresInSeconds: fc.integer({ min: 60, max: 600_000 }),
  },
  { requiredKeys: ['limits'] },
)
/** The requested budgets, and which program requests each. */
const asks = fc.array(fc.record({ of: fc.nat(), budget }), { minLength: 4, maxLength: 12 })

it(
  'no run ever has more than a key or a run above it: procedures, meters, credits or time',
  { timeout: 120_000 },
  async () => {
    let [started, refused] = [0, 0]
    await fc.assert(
      fc.asyncProperty(keyScope, asks, async (given, tree) => {
        const scope = { ...given, expiresInDays: 2 }
        const programs: Guest[] = [await createApiKey(server.url, owner, scope)]
        const runs: StartedRun[] = []
        for (const ask of tree) {
          const by = programs[ask.of % programs.length]
          const run = by && (await startRun(server.url, by, ask.budget).catch(() => null))
          if (run) {
            programs.push(run)
            runs.push(run)
          } else refused += 1
        }
        started += runs.length
        for (const { id } of runs) expect(await widerThanAbove(id)).toEqual([])
      }),
      { numRuns: 30 },
    )
    process.stdout.write(`${started} runs started, ${refused} refused\n`)
    expect(started).toBeGreaterThan(50)
    expect(refused).toBeGreaterThan(20)
  },
)

/** Everything that a run is granted beyond its key or an ancestor run, according to the database. */
function widerThanAbove(id: string): Promise<object[]> {
  return limits.database.query({
    text: `
      with above as (
        select k.procedures, k.meters, k.expires_at, null::text as subject
        from auth_run r join auth_api_key k on k.id = r.key_id where r.id = $1
        union all
        select a.procedures, a.meters, a.expires_at, 'run:' || a.id
        from auth_run r join auth_run a on a.id = any (r.ancestors) where r.id = $1
      )
      select 'scope or life' as wider from auth_run r cross join above a
      where r.id = $1 and (
        a.procedures is not null and (r.procedures is null or not r.procedures <@ a.procedures)
        or not r.meters <@ coalesce(a.meters, r.meters)
        or r.expires_at > a.expires_at)
      union all
      select 'limit' from metering.spend_limit l
      cross join above a
      left join metering.spend_limit p
        on p.bucket = l.bucket and p.customer_id = l.customer_id and p.meter = l.meter and p.subject = a.subject
      where l.subject = 'run:' || $1 and a.subject is not null
        and (p.amount is null or l.amount > p.amount or l.expires_at > p.expires_at)
      union all
      select 'no limit' from auth_run r cross join lateral unnest(r.meters) m(meter)
      where r.id = $1 and not exists (
        select from metering.spend_limit l where l.subject = 'run:' || $1 and l.meter = m.meter)`,
    values: [id],
  })
}
