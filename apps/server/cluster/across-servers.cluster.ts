import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createApiKey } from '../fixtures/api-key-of.ts'
import { type Guest, guestWith, signInAsGuest } from '../fixtures/guest.ts'
import { listenToBalance } from '../fixtures/listen-to-balance.ts'
import { openBalanceStream } from '../fixtures/open-balance-stream.ts'
import { enter, newCredentials, postAuth } from '../fixtures/sign-in-account.ts'
import { startClusterInFolder } from './cluster-in-folder.ts'
import type { Cluster } from './start-cluster.ts'

/** A second each for the relay and the raiser, with a margin for a slow machine. */
const RAISED_MS_MAX = 60_000
const QR_CODE = { text: 'https://example.com' }

let cluster: Cluster
let a: string
let b: string
beforeAll(async () => {
  cluster = await startClusterInFolder()
  ;[a, b] = [cluster.servers[0].url, cluster.servers[1].url]
})
afterAll(() => cluster.stop())

const statusOf = async (caller: Guest) => (await caller.read('billing.balance')).status

describe('two servers behind HAProxy', () => {
  it('both get calls of one session, which sticks to neither', async () => {
    const guest = await signInAsGuest(cluster.url)
    await expect.poll(() => statusOf(guest)).toBe(200)
    // Each server made one of the calls read here through the balancer.
    for (const server of [a, b]) {
      expect((await guestWith(server, guest.token).call('tools.qrCode', QR_CODE)).status).toBe(200)
    }
    expect(
      (await guest.read('billing.activity?input=%7B%7D')).text.match(/tools.qrCode/g),
    ).toHaveLength(2)
  })

  it('bring a charge on one to a balance stream on the other', async () => {
    const guest = await signInAsGuest(cluster.url)
    for (const [here, there] of [
      [a, b],
      [b, a],
      // A stream through the balancer reports charges of both servers, whichever serves it.
      [a, cluster.url],
      [b, cluster.url],
    ] as const) {
      const stream = await listenToBalance(there, guest.token)
      await vi.waitUntil(() => stream.remaining('api_calls') !== undefined, { timeout: 60_000 })
      const before = stream.remaining('api_calls') ?? 0
      await guestWith(here, guest.token).call('tools.qrCode', QR_CODE)
      await expect.poll(() => stream.remaining('api_calls')).toBe(before - 1)
      stream.close()
    }
  })

  it('refuse on one what was signed out or revoked on the other, and end its streams', async () => {
    const owner = await enter(a, 'sign-up/email', newCredentials())
    const program = await createApiKey(a, owner)
    const there = [guestWith(b, program.token), guestWith(b, owner.token)]
    for (const caller of there) expect(await statusOf(caller)).toBe(200)
    const ofProgram = await openBalanceStream(b, program.token)
    await owner.call('apiKeys.revoke', { id: program.id })
    // A server ends the stream when it drops the caller from its cache.
    await ofProgram.ended
    expect(await statusOf(guestWith(b, program.token))).toBe(401)
    const ofOwner = await openBalanceStream(b, owner.token)
    expect((await postAuth(a, 'sign-out', {}, owner)).status).toBe(200)
    await ofOwner.ended
    expect(await statusOf(guestWith(b, owner.token))).toBe(401)
  })

  it('keep a monthly limit together: calls on both at once stop exactly there', async () => {
    const guest = await signInAsGuest(a)
    const set = await guest.call('billing.setSpendCap', { meter: 'api_calls', cap: 10 })
    expect(set.status, set.text).toBe(200)
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, n) =>
        guestWith(n % 2 === 0 ? a : b, guest.token).call('tools.qrCode', QR_CODE),
      ),
    )
    const counts = (status: number) => answers.filter((answer) => answer.status === status).length
    expect([counts(200), counts(402)]).toEqual([10, 30])
  })

  it('raise an alert once that either has caused, and push it to streams on both', async () => {
    const guest = await signInAsGuest(a)
    await guest.call('alerts.setPreferences', { thresholds: [50] })
    const streams = [
      await openBalanceStream(a, guest.token),
      await openBalanceStream(b, guest.token),
    ]
    for (let made = 0; made < 5; made += 1) {
      const answer = await guestWith(made % 2 === 0 ? a : b, guest.token).call('images.generate', {
        title: `Picture ${made}`,
      })
      expect(answer.status, answer.text).toBe(200)
    }
    for (const stream of streams) {
      await vi.waitUntil(() => /^data: \[\]$/m.test(stream.received()), { timeout: RAISED_MS_MAX })
      stream.close()
    }
    const { text } = await guestWith(b, guest.token).read('alerts.list')
    expect(text.match(/"threshold":50/g)).toHaveLength(1)
  })

  it('answer a repeated key on the other server with the stored result, charged once', async () => {
    const guest = await signInAsGuest(a)
    const key = `op_${randomUUID()}`
    const first = await guest.call('tools.qrCode', QR_CODE, key)
    const again = await guestWith(b, guest.token).call('tools.qrCode', QR_CODE, key)
    expect([first.status, again.status]).toEqual([200, 200])
    expect(again.headers.get('idempotency-replayed')).toBe('true')
    expect((await guest.read('billing.balance')).text).toContain('"used":1')
  })
})
