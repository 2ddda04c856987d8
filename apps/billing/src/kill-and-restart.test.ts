import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { checkInvariants } from '@tollgate/ledger'
import { createTestDatabase, type TestDatabase } from '@tollgate/testing/database'
import { freePort } from '@tollgate/testing/free-port'
import { buildPrograms } from '@tollgate/testing/programs'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'

const READY_MS_MAX = 60_000
const SENDERS = 4
const KILLS = 3

let testDatabase: TestDatabase
let directory: string
let port: number
let process_: ChildProcess

beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'billing-kill-'))
  testDatabase = await createTestDatabase({
    template: 'ledger',
    migrations: fileURLToPath(new URL('../../../packages/ledger/migrations/', import.meta.url)),
  })
  port = await freePort()
})
afterEach(async () => {
  process_.kill('SIGKILL')
  await testDatabase.drop()
  await rm(directory, { recursive: true, force: true })
})

async function start(): Promise<void> {
  const { billing, args } = await buildPrograms()
  process_ = spawn(process.execPath, [...args, billing], {
    cwd: directory,
    env: {
      ...process.env,
      BILLING_PORT: String(port),
      BILLING_DATABASE_URL: testDatabase.url,
      DATA_DIR: directory,
      LOG_LEVEL: 'error',
    },
    stdio: 'ignore',
  })
  const deadline = Date.now() + READY_MS_MAX
  while (Date.now() < deadline) {
    const up = await fetch(`http://127.0.0.1:${port}/healthz`).then(
      ({ ok }) => ok,
      () => false,
    )
    if (up) return
    await delay(100)
  }
  throw new Error('The billing backend did not start.')
}

async function api(method: string, at: string, body?: unknown) {
  const key = await readFile(path.join(directory, 'billing-api-key'), 'utf8')
  const response = await fetch(`http://127.0.0.1:${port}/api/v1${at}`, {
    method,
    headers: { authorization: key.trim(), 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  if (response.status !== 200) throw new Error(`${method} ${at}: ${response.status}`)
  return JSON.parse(await response.text())
}

it('loses no acknowledged usage and records none twice when killed repeatedly', async () => {
  await start()
  await api('POST', '/customers', { customer: { externalId: 'ada', name: 'Ada', email: '' } })
  const { currentSubscription } = await api('GET', '/customers/ada/billing')
  const acknowledged = new Set<string>()
  const sent = new Set<string>()
  const stopping = new AbortController()

  const sender = async (name: number) => {
    for (let number = 0; !stopping.signal.aborted; number++) {
      const transactionId = `${name}_${number}`
      sent.add(transactionId)
      const usageEvent = {
        transactionId,
        subscriptionId: currentSubscription.id,
        amount: 1,
        usageMeterSlug: 'image_generations',
      }
      // Like the relay: repeats an event until it is acknowledged.
      while (!acknowledged.has(transactionId) && !stopping.signal.aborted) {
        await api('POST', '/usage-events', { usageEvent }).then(
          () => acknowledged.add(transactionId),
          () => delay(50),
        )
      }
    }
  }
  /** Ensures that every kill happens while usage is being sent. */
  const moreAcknowledged = async () => {
    const before = acknowledged.size
    const isMore = () => acknowledged.size > before + 2 * SENDERS
    await vi.waitUntil(isMore, { timeout: READY_MS_MAX })
  }
  const senders = Array.from({ length: SENDERS }, (_, name) => sender(name))
  for (let kill = 0; kill < KILLS; kill++) {
    await moreAcknowledged()
    const gone = once(process_, 'exit')
    process_.kill('SIGKILL')
    await gone
    await start()
  }
  await moreAcknowledged()
  stopping.abort()
  await Promise.all(senders)

  const rows = await testDatabase.database.query<{ id: string }>({
    text: 'select transaction_id as id from usage_event',
  })
  const recorded = new Set(rows.map(({ id }) => id))
  expect(rows).toHaveLength(recorded.size)
  expect(acknowledged.size).toBeGreaterThan(SENDERS)
  expect([...acknowledged].filter((id) => !recorded.has(id))).toEqual([])
  expect([...recorded].filter((id) => !sent.has(id))).toEqual([])
  expect(await checkInvariants(testDatabase.database)).toEqual([])
}, 300_000)
