import { openDatabase } from '@tollgate/database'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApiKey } from '../fixtures/api-key-of.ts'
import type { Guest } from '../fixtures/guest.ts'
import { openBalanceStream } from '../fixtures/open-balance-stream.ts'
import { enter, newCredentials } from '../fixtures/sign-in-account.ts'
import { startTestServer } from '../fixtures/start-test-server.ts'
import { makeTeam } from '../fixtures/team.ts'

/** Far less than the five seconds for which a key stays cached. */
const AT_ONCE_MS = 3_000
/** Enough to open two streams on an idle machine. */
const EXPIRES_MS = 1_000
/** How early a timer may fire. */
const TIMER_MS = 20

let first: Awaited<ReturnType<typeof startTestServer>>
let second: Awaited<ReturnType<typeof startTestServer>>
beforeAll(async () => {
  first = await startTestServer()
  const { databaseUrl, dataDirectory } = first.config
  second = await startTestServer({ DATABASE_URL: databaseUrl ?? '', DATA_DIR: dataDirectory })
}, 120_000)
afterAll(async () => {
  await second?.close()
  await first?.close()
})

const newPerson = () => enter(first.url, 'sign-up/email', newCredentials())
const openEverywhere = (token: string) =>
  Promise.all([first, second].map(({ url }) => openBalanceStream(url, token)))

describe('a revoked API key', () => {
  it.each<{ whose: string; newOwner: () => Promise<Guest> }>([
    { whose: 'a person', newOwner: newPerson },
    { whose: 'an organization', newOwner: async () => (await makeTeam(first.url)).owner },
  ])(
    'of $whose has its open streams ended at once in every process, and others keep theirs',
    async ({ newOwner }) => {
      const owner = await newOwner()
      const key = await createApiKey(first.url, owner)
      const other = await createApiKey(first.url, await newPerson())
      // Caches the caller before the streams are opened.
      await key.read('billing.balance')
      const streams = await openEverywhere(key.token)
      const kept = await Promise.all([
        openBalanceStream(first.url, other.token),
        openBalanceStream(first.url, owner.token),
      ])
      let isKept = true
      for (const { ended } of kept) void ended.then(() => (isKept = false))
      const revokedAt = Date.now()
      await owner.call('apiKeys.revoke', { id: key.id })
      await Promise.all(streams.map(({ ended }) => ended))
      expect(Date.now() - revokedAt).toBeLessThan(AT_ONCE_MS)
      expect(isKept).toBe(true)
      for (const { close } of kept) close()
    },
  )

  it('does not affect the streams that another key of its owner opens after it', async () => {
    const owner = await newPerson()
    const [key, other] = [
      await createApiKey(first.url, owner),
      await createApiKey(first.url, owner),
    ]
    await other.read('billing.balance')
    await owner.call('apiKeys.revoke', { id: key.id })
    const streams = await openEverywhere(other.token)
    const over = Promise.race(streams.map(({ ended }) => ended.then(() => 'ended')))
    await other.call('tools.qrCode', { text: 'hello' })
    await expect
      .poll(() => streams.map(({ received }) => received()).join(''))
      .toMatch(/"used":1[\s\S]*"used":1/)
    expect(await Promise.race([over, Promise.resolve('open')])).toBe('open')
    for (const { close } of streams) close()
  })
})

describe('an API key that expires', () => {
  it('has its open streams ended at that moment in every process, and is refused from then on', async () => {
    const { key, expiresAt, streams } = await openBeforeExpiry()
    await Promise.all(streams.map(({ ended }) => ended))
    expect(Date.now()).toBeGreaterThanOrEqual(expiresAt - TIMER_MS)
    expect(Date.now() - expiresAt).toBeLessThan(AT_ONCE_MS)
    expect((await key.read('billing.balance')).text).toContain('This API key has expired')
  })
})

/** Opens streams with a key that expires shortly afterwards; extends the lifetime until a busy machine opens them in time. */
async function openBeforeExpiry() {
  for (let ms = EXPIRES_MS; ; ms *= 2) {
    const key = await createApiKey(first.url, await newPerson())
    const expiresAt = await expireIn(ms, key.id)
    const streams = await openEverywhere(key.token)
    const isOpen = streams.every(({ received }) => received().includes('"remaining"'))
    if (isOpen) return { key, expiresAt, streams }
  }
}

/** Makes a key expire soon; returns when. */
async function expireIn(ms: number, keyId: string): Promise<number> {
  const database = openDatabase({ url: first.config.databaseUrl ?? '' })
  const expiresAt = new Date(Date.now() + ms)
  await database.query({
    text: 'update auth_api_key set expires_at = $2 where id = $1',
    values: [keyId, expiresAt],
  })
  await database.close()
  return expiresAt.getTime()
}
