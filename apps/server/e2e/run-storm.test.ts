import { readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { faultRuns } from '@tollgate/testing/faults'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { createApiKey, type KeyedProgram } from '../fixtures/api-key-of.ts'
import { openBillingAdmin } from '../fixtures/billing-admin-client.ts'
import { customerOf, type Guest, guestWith } from '../fixtures/guest.ts'
import { openLimitTable } from '../fixtures/limit-table.ts'
import { enter, newCredentials } from '../fixtures/sign-in-account.ts'
import { startRun } from '../fixtures/start-run.ts'
import { startTestServer } from '../fixtures/start-test-server.ts'

/** FAULT_RUNS=60 makes almost a thousand runs. */
const PARENTS = faultRuns(5)
const CHILDREN = 16
const RUNS = PARENTS * CHILDREN
/** Less than its children request at once. */
const PARENT_LIMIT = 12
const CHILD_LIMIT = 3
/** The limits that the key alternates between during calls, each less than the sum of the parents' limits. */
const KEY_LIMITS = [0.4, 0.6, 0.45, 0.8, 0.25, 0.9].map((share) =>
  Math.round(share * PARENTS * PARENT_LIMIT),
)
const KEY_LIMIT_MOST = Math.max(...KEY_LIMITS)

let first: Awaited<ReturnType<typeof startTestServer>>
let second: Awaited<ReturnType<typeof startTestServer>>
let limits: ReturnType<typeof openLimitTable>
beforeAll(async () => {
  const roomy = { OPEN_OPERATIONS_PER_CUSTOMER: '5000', BILLED_CALLS_PER_MINUTE: '1000000' }
  first = await startTestServer(roomy)
  const { databaseUrl, dataDirectory } = first.config
  second = await startTestServer({
    ...roomy,
    DATABASE_URL: databaseUrl ?? '',
    DATA_DIR: dataDirectory,
    // Both servers share one backend.
    FLOWGLAD_BASE_URL: first.billingUrl ?? '',
    FLOWGLAD_SECRET_KEY: readFileSync(`${dataDirectory}/billing-api-key`, 'utf8').trim(),
  })
  limits = openLimitTable(databaseUrl ?? '')
})
afterAll(async () => {
  await limits?.close()
  await second?.close()
  await first?.close()
})

it(
  'runs that all call at once spend every limit to its last credit and none further, while the limit of their key moves',
  { timeout: 240_000 },
  async () => {
    const { owner, customerId } = await openOwner()
    const key = await createApiKey(first.url, owner)
    const limitKey = (amount: number) =>
      limits.set({ customerId, subject: `key:${key.id}`, meter: 'api_calls', amount })
    await limitKey(KEY_LIMIT_MOST)
    const parents = await Promise.all(
      Array.from({ length: PARENTS }, () =>
        startRun(first.url, key, { limits: { api_calls: PARENT_LIMIT } }),
      ),
    )
    const children = await Promise.all(
      parents.flatMap((parent, n) =>
        Array.from({ length: CHILDREN }, async (_, m) => {
          const { url } = (n + m) % 2 === 0 ? first : second
          const by = guestWith(url, parent.token)
          const run = await startRun(url, by, { limits: { api_calls: CHILD_LIMIT } })
          return { ...run, parent: parent.id }
        }),
      ),
    )
    expect(children).toHaveLength(RUNS)

    let isOver = false
    const moving = moveLimit()
    const outcomes = await Promise.all(children.map(drawOnce))
    isOver = true
    await moving
    const spent = await limits.spent(customerId)
    // While the limit changes, admitted calls stay within its highest value.
    expect(spent.get(`key:${key.id}`)).toBeLessThanOrEqual(KEY_LIMIT_MOST)
    expect(spent.get(`key:${key.id}`)).toBe(outcomes.filter((one) => one === 'drawn').length)
    expect(outcomes.filter((one) => one !== 'drawn' && !one.startsWith('limit of'))).toEqual([])

    // No call that fits is refused: runs with something left spend the key's limit to its last credit.
    await limitKey(KEY_LIMIT_MOST)
    await Promise.all(parents.map(({ id }) => spendRest(childrenOf(id))))
    const total = await limits.spent(customerId)
    expect(total.get(`key:${key.id}`)).toBe(KEY_LIMIT_MOST)
    expectWithin(total)

    // With a key limit that no longer binds, every parent is spent to its last credit.
    await limitKey(PARENTS * PARENT_LIMIT + 1)
    await Promise.all(parents.map(({ id }) => spendRest(childrenOf(id))))
    const all = await limits.spent(customerId)
    expect(all.get(`key:${key.id}`)).toBe(PARENTS * PARENT_LIMIT)
    for (const { id } of parents) expect(all.get(`run:${id}`)).toBe(PARENT_LIMIT)
    expectWithin(all)
    const drawn = outcomes.filter((one) => one === 'drawn').length
    process.stdout.write(`${RUNS} runs at once: ${drawn} drawn, the others refused by a limit\n`)

    function childrenOf(id: string): KeyedProgram[] {
      return children.filter(({ parent }) => parent === id)
    }

    function expectWithin(spent: ReadonlyMap<string, number>): void {
      for (const { id } of parents) {
        expect(spent.get(`run:${id}`)).toBeLessThanOrEqual(PARENT_LIMIT)
      }
      for (const { id } of children) {
        expect(spent.get(`run:${id}`) ?? 0).toBeLessThanOrEqual(CHILD_LIMIT)
      }
    }

    async function moveLimit(): Promise<void> {
      for (let n = 0; !isOver; n += 1) {
        await limitKey(KEY_LIMITS[n % KEY_LIMITS.length] ?? 0)
        await pause(30)
      }
    }
  },
)

/** An account with unlimited calls, so that only limits refuse. */
async function openOwner() {
  const owner = await enter(first.url, 'sign-up/email', newCredentials())
  const customerId = await customerOf(first.url, owner)
  await owner.read('billing.balance')
  const { dataDirectory } = first.config
  const admin = openBillingAdmin({ url: first.billingUrl ?? '', dataDirectory })
  await admin.buy(customerId, 'pro_monthly')
  await expect
    .poll(async () => (await owner.call('billing.refresh', {})).text, { timeout: 20_000 })
    .toContain('"unlimited":true')
  return { owner, customerId }
}

/** Makes calls with one run after another until a limit above the runs refuses. */
async function spendRest(runs: readonly KeyedProgram[]): Promise<void> {
  for (const run of runs) {
    let outcome = 'drawn'
    while (outcome === 'drawn') outcome = await drawOnce(run)
    if (outcome !== `limit of ${run.id}`) return
  }
}

/** The outcome of one call: drawn, or what refused it. */
async function drawOnce(by: Guest): Promise<string> {
  const { status, text, body } = await by.call('tools.qrCode', { text: 'of a run' })
  if (status === 200) return 'drawn'
  const refusal = refusalSchema.safeParse(body).data?.error.data.billing
  if (refusal?.kind === 'billing_unavailable') {
    await pause(100)
    return drawOnce(by)
  }
  return refusal?.kind === 'limit'
    ? `limit of ${refusal.subject?.id ?? 'none'}`
    : text.slice(0, 200)
}

const refusalSchema = z.object({
  error: z.object({
    data: z.object({
      billing: z.object({ kind: z.string(), subject: z.object({ id: z.string() }).optional() }),
    }),
  }),
})
