import { randomUUID } from 'node:crypto'
import type { Database, Row, Statement } from '@tollgate/database'
import { startTwoDatabases, type TwoDatabases } from '@tollgate/metering/cluster'
import { checkShards } from '@tollgate/metering/postgres'
import { faultSeed, killPostmaster, seededRandom } from '@tollgate/testing/faults'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { longTextIntent } from '../faults/long-text.ts'
import { createRunReport } from '../faults/run-report.ts'
import { customerOf, type Guest, guestWith, signInAsGuest } from '../fixtures/guest.ts'
import { listenToBalance } from '../fixtures/listen-to-balance.ts'
import { enter, newCredentials } from '../fixtures/sign-in-account.ts'
import { changeOperator, findOperatorAccount } from '../src/operator/change-operator.ts'
import { startClusterInFolder } from './cluster-in-folder.ts'
import { startClusterLoad } from './start-cluster-load.ts'
import type { Cluster } from './start-cluster.ts'
import { untilEnded } from './until-ended.ts'

const BUCKETS = 8
const GUESTS = 10
const CALLS_PER_GUEST = 100
const CALLS = GUESTS * CALLS_PER_GUEST
const QR_CODE = { text: 'https://example.com' }
const PATIENTLY = { timeout: 20_000, interval: 50 }
const REASON = 'as the incident says'

let databases: TwoDatabases
let cluster: Cluster
beforeAll(async () => {
  databases = await startTwoDatabases({ bucketCount: BUCKETS })
  cluster = await startClusterInFolder({
    METERING_DATABASE_URL: await grantServers(databases),
    METERING_BUCKETS: String(BUCKETS),
  })
})
afterAll(async () => {
  await cluster?.stop()
  await databases?.stop()
})

describe('two servers over two shards behind PL/Proxy', () => {
  // The first: every operation that is there must be one of its own.
  it('lose no call when a server and a shard are killed under load', async () => {
    const seed = faultSeed()
    const report = createRunReport('shards', seed)
    const load = await startClusterLoad(cluster, {
      report,
      random: seededRandom(seed),
      guests: GUESTS,
      callsPerGuest: CALLS_PER_GUEST,
      devices: 24,
      perSecond: 400,
    })
    const [, b] = cluster.servers
    await untilEnded(load, CALLS / 4)
    await b.kill()
    await b.restart()
    await untilEnded(load, CALLS / 2)
    await killPostmaster(databases.directories[1])
    await untilEnded(load, CALLS)
    const { billing } = cluster
    const answers = await load.finish({ tollgate: unionOf(databases), billing })
    expect(answers.filter(({ kind }) => kind !== 'success')).toEqual([])
    expect(report.violations()).toEqual([])
    expect(await checkShards(databases)).toEqual([])
    expect(cluster.recentOutput().join('\n')).not.toContain('does not exist')
  })

  it.each([0, 1])('sell to a customer of shard %i as over one database', async (shard) => {
    const { guest: here } = await guestOf(shard)
    const there = guestWith(cluster.servers[1].url, here.token)
    const balance = await listenToBalance(cluster.servers[1].url, here.token)
    await vi.waitUntil(() => balance.remaining('api_calls') !== undefined, PATIENTLY)
    const before = balance.remaining('api_calls') ?? 0
    await callTwice(here, there, { procedure: 'tools.qrCode', input: QR_CODE })
    await expect.poll(() => balance.remaining('api_calls')).toBe(before - 1)
    balance.close()
    await callTwice(here, there, longTextIntent(seededRandom(shard + 1)))
    await here.call('billing.setSpendCap', { meter: 'api_calls', cap: 5 })
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        (n % 2 === 0 ? here : there).call('tools.qrCode', QR_CODE),
      ),
    )
    // One was spent above.
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(4)
    expect(answers.filter(({ status }) => status === 402)).toHaveLength(16)
  })

  it.each([0, 1])(
    'let an operator release a hold and replay an event on shard %i',
    async (shard) => {
      const { guest, customerId } = await guestOf(shard)
      const operator = await signInOperator()
      const [a] = cluster.servers
      const { procedure, input } = longTextIntent(seededRandom(shard + 3))
      const cut = guest.call(procedure, input).catch(() => null)
      const running = 'select operation_id as id from metering.operation where state = $1'
      const operationId = await firstId(shard, running, ['executing'])
      await a.kill()
      await cut
      expect(await change(operator, 'release', { operationId })).toBe(true)
      await a.restart()

      const { billingBackend } = cluster
      await billingBackend.kill()
      await guest.call('tools.qrCode', QR_CODE)
      const waiting = `select transaction_id as id from metering.outbox where transaction_id is not null and customer_id = $1`
      const transactionId = await firstId(shard, waiting, [customerId])
      expect(await change(operator, 'quarantine', { transactionId })).toBe(true)
      await billingBackend.restart()
      expect(await change(operator, 'replay', { transactionId })).toBe(true)

      for (const [view, asked] of Object.entries({
        overview: undefined,
        figures: { days: 7 },
        quarantined: {},
        running: undefined,
        unsynced: undefined,
        drift: undefined,
        changes: {},
        find: { text: operationId },
        customer: { customerId },
        operation: { operationId },
      })) {
        const search = asked ? `?input=${encodeURIComponent(JSON.stringify(asked))}` : ''
        const { status, text } = await operator.read(`operator/${view}${search}`)
        expect(status, `${view}: ${text}`).toBe(200)
      }
    },
  )
})

/** Makes the login of the servers on the proxy, which can call and listen and nothing else; answers the address with it. */
async function grantServers({ proxy, proxyUrl }: TwoDatabases): Promise<string> {
  for (const text of [
    'create role servers login',
    'grant usage on schema metering to servers',
    'grant select on metering.bucket to servers',
    'grant usage on foreign server metering to servers',
  ])
    await proxy.query({ text })
  const url = new URL(proxyUrl)
  url.username = 'servers'
  return url.href
}

/** A guest of server a whose customer is on a shard. */
async function guestOf(shard: number): Promise<{ guest: Guest; customerId: string }> {
  const { url } = cluster.servers[0]
  for (;;) {
    const guest = await signInAsGuest(url)
    expect((await guest.read('billing.balance')).status).toBe(200)
    const customerId = await customerOf(url, guest)
    const rows = await databases.shards[shard]?.database.query({
      text: 'select 1 from metering.customer where customer_id = $1',
      values: [customerId],
    })
    if (rows?.length === 1) return { guest, customerId }
  }
}

/** Calls on one server and, with the same key, on the other, which answers what is stored. */
async function callTwice(
  here: Guest,
  there: Guest,
  { procedure, input }: { procedure: string; input: unknown },
): Promise<void> {
  const key = `op_${randomUUID()}`
  const first = await here.call(procedure, input, key)
  expect(first.status, first.text).toBe(200)
  const again = await there.call(procedure, input, key)
  expect(again.status, again.text).toBe(200)
  expect(again.headers.get('idempotency-replayed')).toBe('true')
  expect(again.headers.get('x-operation-id')).toBe(first.headers.get('x-operation-id'))
}

async function signInOperator(): Promise<Guest> {
  const { url } = cluster.servers[1]
  const credentials = newCredentials()
  await enter(url, 'sign-up/email', credentials)
  const account = await findOperatorAccount(cluster.tollgate, credentials.email)
  if (!account) throw new Error(`There is no account ${credentials.email}.`)
  const added = { change: 'added', changedBy: 'a test', reason: 'a test' } as const
  await changeOperator(cluster.tollgate, account, added)
  return enter(url, 'sign-in/email', credentials)
}

async function change(
  operator: Guest,
  what: string,
  input: Record<string, string>,
): Promise<boolean> {
  const { status, text } = await operator.call(`operator/${what}`, { ...input, reason: REASON })
  expect(status, text).toBe(200)
  return text.includes('"changed":true')
}

async function firstId(shard: number, text: string, values: string[]): Promise<string> {
  return vi.waitUntil(async () => {
    const rows = await databases.shards[shard]?.database.query<{ id: string }>({ text, values })
    return rows?.[0]?.id
  }, PATIENTLY)
}

/** Reads both shards as if they were one database. */
function unionOf({ shards: [first, second] }: TwoDatabases): Database {
  return {
    ...first.database,
    async query<Result extends Row>(statement: Statement) {
      const rows = await first.database.query<Result>(statement)
      return [...rows, ...(await second.database.query<Result>(statement))]
    },
  }
}
