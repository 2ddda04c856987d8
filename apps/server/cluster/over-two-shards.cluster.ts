import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import { checkShards } from '@tollgate/metering/postgres'
import { clusterCalls, createHistory, faultSeed, seededRandom } from '@tollgate/testing/faults'
import { listenOnLoopback } from '@tollgate/testing/listen-on-loopback'
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { longTextIntent } from '../faults/long-text.ts'
import { createRunReport } from '../faults/run-report.ts'
import { customerOf, type Guest, guestWith, signInAsGuest } from '../fixtures/guest.ts'
import { listenToBalance } from '../fixtures/listen-to-balance.ts'
import { enter, newCredentials } from '../fixtures/sign-in-account.ts'
import { changeOperator, findOperatorAccount } from '../src/operator/change-operator.ts'
import { killsOf, killsOfShards } from './kills.ts'
import { runStorm } from './run-storm.ts'
import { type ShardedCluster, startShardedCluster } from './start-sharded-cluster.ts'
import { stormTimeoutMs } from './storm-timeout-ms.ts'

const CALLS = clusterCalls(1000)
const QR_CODE = { text: 'https://example.com' }
const PATIENTLY = { timeout: 60_000, interval: 50 }
const REASON = 'as the incident says'

let sharded: ShardedCluster
let cluster: ShardedCluster['cluster']
let databases: ShardedCluster['databases']
beforeAll(async () => {
  sharded = await startShardedCluster()
  ;({ cluster, databases } = sharded)
})
afterAll(() => sharded?.stop())

describe('two servers over two shards behind PL/Proxy', () => {
  // Must run first: it compares all operations in the database with its own.
  it(
    `lose none of ${CALLS} calls when each of their processes is killed in turn`,
    async () => {
      const seed = faultSeed()
      const report = createRunReport('shards', seed)
      const { url, servers, billing, recentOutput } = cluster
      const doors = servers.map((server) => server.url)
      const { failed } = await runStorm(
        { url, doors, ledger: { tollgate: sharded.both, billing, recentOutput } },
        {
          calls: CALLS,
          kills: [...killsOf(cluster), ...killsOfShards(databases)],
          random: seededRandom(seed),
          history: createHistory(),
          report,
        },
      )
      expect(failed).toEqual([])
      expect(report.violations()).toEqual([])
      expect(await checkShards(databases)).toEqual([])
      expect(recentOutput().join('\n')).not.toContain('does not exist')
    },
    stormTimeoutMs(CALLS),
  )

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
    // One of the five was spent above.
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(4)
    expect(answers.filter(({ status }) => status === 402)).toHaveLength(16)
  })

  it.each([0, 1])(
    'let an operator release a hold and replay an event on shard %i',
    async (shard) => {
      const { guest, customerId } = await guestOf(shard)
      const operator = await signInOperator()
      const [a] = cluster.servers
      await a.stop()
      // The work must still be running when the kill interrupts it.
      await a.restart({ environment: await silentModel() })
      const { procedure, input } = longTextIntent(seededRandom(shard + 3))
      const cut = guest.call(procedure, input).catch(() => null)
      const running = 'select operation_id as id from metering.operation where state = $1'
      const operationId = await firstId(shard, running, ['executing'])
      await a.kill()
      await cut
      expect(await change(operator, 'release', { operationId })).toBe(true)
      await a.restart({ environment: { OPENAI_API_KEY: '' } })

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

/** A guest of the first server whose customer is on this shard. */
async function guestOf(shard: number): Promise<{ guest: Guest; customerId: string }> {
  const { url } = cluster.servers[0]
  for (;;) {
    const guest = await signInAsGuest(url)
    // After an outage in an earlier test, a server waits before it tries the backend again.
    await expect.poll(async () => (await guest.read('billing.balance')).status, PATIENTLY).toBe(200)
    const customerId = await customerOf(url, guest)
    const rows = await databases.shards[shard]?.database.query({
      text: 'select 1 from metering.customer where customer_id = $1',
      values: [customerId],
    })
    if (rows?.length === 1) return { guest, customerId }
  }
}

/** Settings for a provider that accepts requests but never responds, until the test ends. */
async function silentModel(): Promise<Record<string, string>> {
  const model = createServer((request) => void request.resume())
  const port = await listenOnLoopback(model)
  onTestFinished(() => {
    model.closeAllConnections()
    model.close()
  })
  return { OPENAI_API_KEY: 'sk-test', OPENAI_BASE_URL: `http://127.0.0.1:${port}/v1` }
}

/** Calls one server and then, with the same key, the other, which replays the stored result. */
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
