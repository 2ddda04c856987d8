import { createHash, randomUUID } from 'node:crypto'
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type BillingCustomer, type OperationKey, operationKey } from '@tollgate/contract'
import { catalog } from '@tollgate/contract/catalog'
import { type Database, hotPathSettings, migrate } from '@tollgate/database'
import { createTestDatabase } from '@tollgate/testing/database'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createMetering } from './create-metering.ts'
import { createFakeBackend } from '@tollgate/testing/fake-backend'
import { imageCall, newCustomer, SECRET } from './fixtures/metering-fixture.ts'
import { kindOf } from './fixtures/kind-of.ts'
import type { Metering } from './metering.ts'
import { METERING_MIGRATIONS } from './migrations.ts'
import { createChargeReader } from './store/create-charge-reader.ts'
import { checkInvariants } from './verify/check-invariants.ts'

const MAIN = new URL('./fixtures/landed-version/', import.meta.url)
/** The last migration of the tagged version; the others precede the rebuild of the tables. */
const TAGGED_LAST = '012_spend_cap.sql'

let keys: Record<string, { key: OperationKey; operationId: string }>
let ada: BillingCustomer
let backend: ReturnType<typeof createFakeBackend>
let database: Database
let metering: Metering
let drop: () => Promise<void>

const VERSIONS: [name: string, isOfIt: (file: string) => boolean][] = [
  ['that was tagged', (file) => file <= TAGGED_LAST],
  ['with every migration that came after it', () => true],
]

async function open(isOfIt: (file: string) => boolean): Promise<void> {
  ada = newCustomer()
  keys = Object.fromEntries(
    ['delivered', 'pending', 'running', 'failed', 'several', 'repriced'].map((name) => [
      name,
      { key: operationKey(`key-of-${name}-${'x'.repeat(10)}`), operationId: randomUUID() },
    ]),
  )
  backend = createFakeBackend({
    welcome: { image_generations: 10, ai_tokens: 5000, api_calls: 100 },
  })
  const migrations = await mkdtemp(path.join(tmpdir(), 'tollgate-landed-'))
  const files = (await readdir(MAIN)).filter(isOfIt)
  for (const file of files) await cp(new URL(file, MAIN), path.join(migrations, file))
  const created = await createTestDatabase({
    template: 'metering',
    migrations,
    settings: { ...hotPathSettings },
  })
  await rm(migrations, { recursive: true })
  ;({ database, drop } = created)
  await fill()
  await migrate(database, { directory: METERING_MIGRATIONS, name: 'metering' })
  metering = createMetering({
    database,
    backend,
    catalog,
    secret: SECRET,
    policy: { freshForMs: 3_600_000 },
  })
}

const call = (name: string) =>
  imageCall(ada, { key: keys[name]?.key ?? operationKey('a key that is not there') })

describe.each(VERSIONS)('a database of the version %s', (_name, isOfIt) => {
  beforeAll(() => open(isOfIt))
  afterAll(async () => {
    await metering.stop()
    await drop()
  })

  it('is copied once, with every invariant intact', async () => {
    const again = await migrate(database, { directory: METERING_MIGRATIONS, name: 'metering' })
    expect(again).toEqual([])
    expect(await checkInvariants(database)).toEqual([])
    const schemas = await database.query({
      text: `select nspname as name from pg_namespace where nspname like 'metering%'`,
    })
    expect(schemas).toEqual([{ name: 'metering' }])
  })

  it('keeps balances, what is held, and caps', async () => {
    const images = (await metering.balances(ada)).find(({ meter }) => meter === 'image_generations')
    expect(images).toMatchObject({ granted: 10, used: 3, held: 2, remaining: 5 })
    expect(await metering.spendCaps(ada.customerId)).toMatchObject([
      { meter: 'image_generations', cap: 50, spent: 3 },
    ])
  })

  it('answers the same key with the stored result, and refuses it with other input', async () => {
    const { output, receipt } = await metering.run(call('delivered'), async () => 'again')
    expect(output).toBe('delivered, as stored')
    expect(receipt).toMatchObject({ replayed: true, charges: [{ amount: 1 }] })
    const other = metering.run({ ...call('delivered'), input: { prompt: 'a bear' } }, async () => 1)
    expect(await kindOf(other)).toBe('key_reused')
    expect((await metering.run(call('several'), async () => 'again')).receipt.charges).toEqual([
      { meter: 'ai_tokens', amount: 7 },
      { meter: 'image_generations', amount: 1 },
    ])
  })

  it('takes a running operation over once its lease has run out, with its hold', async () => {
    expect(await kindOf(metering.run(call('running'), async () => 1))).toBe('in_progress')
    await database.query({
      text: `update metering.operation set lease_until = metering.clock() - interval '1 second' where operation_id = $1`,
      values: [keys['running']?.operationId],
    })
    await metering.run(call('running'), async () => 1)
    const images = (await metering.balances(ada)).find(({ meter }) => meter === 'image_generations')
    expect(images).toMatchObject({ used: 4, held: 1, remaining: 5 })
  })

  it('holds of the meters of the last attempt, not of those an earlier one released', async () => {
    const tokens = (await metering.balances(ada)).find(({ meter }) => meter === 'ai_tokens')
    expect(tokens).toMatchObject({ held: 0, remaining: 4993 })
  })

  it('runs a key again whose work had failed', async () => {
    expect((await metering.run(call('failed'), async () => 'now')).output).toBe('now')
  })

  it('lists what was charged before', async () => {
    const { items } = await metering.activity(ada.customerId, { limit: 10 })
    expect(items.map(({ meter, status, amount }) => ({ meter, status, amount }))).toEqual([
      { meter: 'image_generations', status: 'held', amount: 1 },
      { meter: 'image_generations', status: 'charged', amount: 1 },
      { meter: 'image_generations', status: 'charged', amount: 1 },
      { meter: 'ai_tokens', status: 'charged', amount: 7 },
      { meter: 'image_generations', status: 'charged', amount: 1 },
      { meter: 'image_generations', status: 'charged', amount: 1 },
      { meter: 'image_generations', status: 'charged', amount: 1 },
    ])
  })

  it('delivers what was pending, under the ids it was sent with', async () => {
    await metering.drain()
    const ids = [...backend.events.values()].map(({ transactionId }) => transactionId)
    expect(ids).toEqual(
      expect.arrayContaining(['tg_pending', 'tg_several_images', 'tg_several_tokens']),
    )
    expect(ids).not.toContain('tg_delivered')
    const { charges } = await createChargeReader({ database, secret: SECRET }).charges({
      customerId: ada.customerId,
      from: 0,
      until: Date.UTC(2100, 0),
      after: null,
      limit: 100,
    })
    expect(charges.every(({ delivered }) => delivered)).toBe(true)
    expect(charges.map(({ transactionId }) => transactionId).sort()).toEqual(
      [...ids, 'tg_delivered'].sort(),
    )
    expect(await checkInvariants(database)).toEqual([])
  })
})

/** Creates the data of the previous version with its own functions. */
async function fill(): Promise<void> {
  const meters = ['ai_tokens', 'api_calls', 'image_generations'].map((meter) => ({
    meter,
    available: { ai_tokens: 5000, api_calls: 100 }[meter] ?? 10,
    granted: { ai_tokens: 5000, api_calls: 100 }[meter] ?? 10,
    unlimited: false,
    softLimit: false,
    breakdown: [],
  }))
  const billing = {
    customerId: ada.customerId,
    features: [],
    meters: [],
    subscription: { id: `sub_${ada.customerId}`, periodEnd: null },
  }
  await ask(`metering.claim_customer($1, 'Ada', 'ada@example.com', 15000, null, 'token')`, [
    ada.customerId,
  ])
  await ask(`metering.apply_sync($1, 1, metering.clock(), $2::jsonb, $3::jsonb)`, [
    ada.customerId,
    JSON.stringify(billing),
    JSON.stringify(meters),
  ])
  await place('delivered', [{ meter: 'image_generations', hold: 1, transactionId: 'tg_delivered' }])
  await settle('delivered')
  await deliver('tg_delivered')
  await place('pending', [{ meter: 'image_generations', hold: 1, transactionId: 'tg_pending' }])
  await settle('pending')
  await place('several', [
    { meter: 'image_generations', hold: 1, transactionId: 'tg_several_images' },
    { meter: 'ai_tokens', hold: 9, transactionId: 'tg_several_tokens' },
  ])
  await settle('several', { ai_tokens: 7 })
  await place('failed', [{ meter: 'image_generations', hold: 2, transactionId: 'tg_failed' }])
  await release('failed')
  await place('running', [{ meter: 'image_generations', hold: 1, transactionId: 'tg_running' }])
  await place('repriced', [
    { meter: 'image_generations', hold: 1, transactionId: 'tg_repriced_images' },
    { meter: 'ai_tokens', hold: 9, transactionId: 'tg_repriced_tokens' },
  ])
  await release('repriced')
  await place('repriced', [
    { meter: 'image_generations', hold: 1, transactionId: 'tg_repriced_images' },
  ])
  await ask('metering.set_spend_cap($1, $2, 50)', [ada.customerId, 'image_generations'])
  backend.setSubscription(ada.customerId, { id: `sub_${ada.customerId}` })
}

async function place(name: string, charges: object[]): Promise<void> {
  const element = {
    ...ada,
    operationId: keys[name]?.operationId,
    procedure: 'images.generate',
    keyHash: digest(keys[name]?.key ?? ''),
    fingerprint: digest('images.generate\n{"prompt":"a fox"}'),
    attemptToken: 'token',
    feature: null,
    // The test ends the lease itself, however long the migration takes.
    leaseMs: 3_600_000,
    deadlineMs: 3_600_000,
    openLimit: null,
    charges,
  }
  const policy = { staleAfterMs: 3_600_000, freshForMs: 30_000, attemptsMax: 3 }
  const answer = await ask('metering.place_holds($1::jsonb, $2::jsonb)', [
    JSON.stringify([element]),
    JSON.stringify(policy),
  ])
  expect(answer).toMatchObject([{ outcome: 'placed' }])
}

async function release(name: string): Promise<void> {
  const element = { customerId: ada.customerId, operationId: keys[name]?.operationId, fence: 1 }
  await ask('metering.release_operations($1::jsonb)', [JSON.stringify([element])])
}

async function settle(name: string, amounts = {}): Promise<void> {
  const { operationId } = keys[name] ?? {}
  const element = { customerId: ada.customerId, operationId, fence: 1, amounts }
  const answer = await ask('metering.settle_operations($1::jsonb, $2::text[])', [
    JSON.stringify([{ ...element, resultKeptMs: 86_400_000 }]),
    [JSON.stringify({ output: `${name}, as stored` })],
  ])
  expect(answer).toMatchObject([{ outcome: 'settled' }])
}

async function deliver(transactionId: string): Promise<void> {
  await ask(`metering.claim_deliveries('', 10, 15000)`, [])
  const receipt = {
    customerId: ada.customerId,
    fence: 2,
    transactionId,
    sending: 1,
    outcome: 'recorded',
    amount: 1,
    subscriptionId: `sub_${ada.customerId}`,
    meter: 'image_generations',
    delayMs: 0,
  }
  const answer = await ask('metering.record_deliveries($1::jsonb, 5, false)', [
    JSON.stringify([receipt]),
  ])
  expect(answer).toEqual(['delivered'])
}

async function ask(question: string, values: unknown[]): Promise<unknown> {
  const [row] = await database.query<{ answer: unknown }>({
    text: `select ${question} as answer`,
    values,
  })
  return row?.answer
}

/** How the previous version digested keys and inputs. */
function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url')
}
