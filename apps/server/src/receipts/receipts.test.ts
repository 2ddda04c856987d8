import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { verifyReceipt } from '@tollgate/client'
import { RECEIPT_KEYS_PATH } from '@tollgate/contract'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createReceiptSigner } from './create-receipt-signer.ts'
import { loadReceiptKeys, RECEIPT_KEYS_FILE, rotateReceiptKeys } from './receipt-keys.ts'
import { receiptKeysRoute } from './receipt-keys-route.ts'

const issuer = 'https://studio.example'
const statement = {
  customerId: 'cus_1',
  operationId: '3f0e4a4e-9ad9-4d1c-8f5a-6a52d7a4f6f1',
  procedure: 'images.generate',
  charges: [{ meter: 'image_generations', amount: 2 }],
  chargedBy: null,
  subjects: [{ kind: 'member' as const, id: 'user_1' }],
  at: '2026-11-29T10:00:00.000Z',
}

let directory = ''
beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'tollgate-receipts-'))
})
afterEach(() => rm(directory, { recursive: true, force: true }))

const sign = () => createReceiptSigner({ issuer, keys: loadReceiptKeys(directory) })(statement)
const published = async () => {
  const route = receiptKeysRoute(loadReceiptKeys(directory).published)
  const { keys } = keySet.parse(await (await route.request(RECEIPT_KEYS_PATH)).json())
  return { keys, issuer }
}

describe('a signed receipt', () => {
  it('is verified by the client with the published keys', async () => {
    expect(await verifyReceipt(sign(), await published())).toEqual({
      valid: true,
      statement: { issuer, ...statement },
    })
  })

  it.each([
    ['amount', { charges: [{ meter: 'image_generations', amount: 1 }] }],
    ['customer', { customerId: 'cus_2' }],
    ['member', { subjects: [{ kind: 'member', id: 'user_2' }] }],
    ['issuer', { issuer: 'https://other.example' }],
  ])('with another %s is not believed', async (_, change) => {
    expect(await verifyReceipt(changed(sign(), change), await published())).toEqual({
      valid: false,
      problem: 'wrong_signature',
    })
  })

  it('is not believed when any one character of it is another', async () => {
    const [signed, trusted] = [sign(), await published()]
    const changes = fc.record({
      at: fc.nat(signed.length - 1),
      letter: fc.constantFrom(...LETTERS.split('')),
    })
    await fc.assert(
      fc.asyncProperty(changes, async ({ at, letter }) => {
        fc.pre(signed[at] !== letter && decodesDifferently(signed, at, letter))
        const other = signed.slice(0, at) + letter + signed.slice(at + 1)
        expect((await verifyReceipt(other, trusted)).valid).toBe(false)
      }),
    )
  })

  it('is not believed when a field is added, removed or given any other value', async () => {
    const [signed, trusted] = [sign(), await published()]
    const field = fc.oneof(fc.constantFrom(...Object.keys(statement), 'issuer'), fc.string())
    await fc.assert(
      fc.asyncProperty(field, fc.jsonValue(), async (name, value) => {
        const other = changed(signed, { [name]: value })
        fc.pre(other !== signed)
        expect((await verifyReceipt(other, trusted)).valid).toBe(false)
      }),
    )
  })

  it('of another server is not believed, whatever key id it names', async () => {
    const trusted = await published()
    const elsewhere = await mkdtemp(path.join(tmpdir(), 'tollgate-receipts-'))
    const { signing } = loadReceiptKeys(elsewhere)
    await rm(elsewhere, { recursive: true })
    const foreign = createReceiptSigner({ issuer, keys: { signing } })(statement)
    expect(await verifyReceipt(foreign, trusted)).toEqual({ valid: false, problem: 'unknown_key' })
    const [ours] = trusted.keys
    const disguised = { ...signing, kid: ours?.kid ?? '' }
    const signed = createReceiptSigner({ issuer, keys: { signing: disguised } })(statement)
    expect(await verifyReceipt(signed, trusted)).toMatchObject({ problem: 'wrong_signature' })
  })

  it('of a server that moved is not believed for the new address', async () => {
    const trusted = { ...(await published()), issuer: 'https://new.example' }
    expect(await verifyReceipt(sign(), trusted)).toMatchObject({ problem: 'wrong_issuer' })
  })

  it('stays verifiable after the keys are rotated, and the next has another key', async () => {
    const before = sign()
    rotateReceiptKeys(directory)
    const after = sign()
    const trusted = await published()
    expect(trusted.keys).toHaveLength(2)
    expect(headerOf(after).kid).toBe(trusted.keys[0]?.kid)
    expect(headerOf(after).kid).not.toBe(headerOf(before).kid)
    for (const signed of [before, after]) {
      expect((await verifyReceipt(signed, trusted)).valid).toBe(true)
    }
  })

  it.each(['', 'a.b.c', 'a', '{}', '..', `${'a'.repeat(9)}.e30.`])(
    'that is none (%j) is malformed',
    async (text) => {
      expect(await verifyReceipt(text, await published())).toEqual({
        valid: false,
        problem: 'malformed',
      })
    },
  )
})

describe('the keys of receipts', () => {
  it('are made once, readable by their owner only, and private ones are not published', async () => {
    const first = loadReceiptKeys(directory)
    expect(loadReceiptKeys(directory).published).toEqual(first.published)
    const file = path.join(directory, RECEIPT_KEYS_FILE)
    expect((await stat(file)).mode & 0o077).toBe(0)
    const [{ d }] = z
      .tuple([z.object({ d: z.string() })])
      .parse(JSON.parse(await readFile(file, 'utf8')))
    const response = await receiptKeysRoute(first.published).request(RECEIPT_KEYS_PATH)
    expect(await response.text()).not.toContain(d)
    expect(response.headers.get('access-control-allow-origin')).toBe('*')
  })
})

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.'
const keySet = z.object({
  keys: z.array(z.object({ kty: z.string(), crv: z.string(), x: z.string(), kid: z.string() })),
})

/** The same receipt with changed fields and the old signature. */
function changed(signed: string, change: object): string {
  const [head = '', body = '', signature = ''] = signed.split('.')
  const fields: unknown = JSON.parse(Buffer.from(body, 'base64url').toString())
  const other = { ...z.record(z.string(), z.unknown()).parse(fields), ...change }
  return [head, Buffer.from(JSON.stringify(other)).toString('base64url'), signature].join('.')
}

/** The last base64url character of a part has unused bits: changing only these leaves the signed bytes the same. */
function decodesDifferently(signed: string, at: number, letter: string): boolean {
  const other = signed.slice(0, at) + letter + signed.slice(at + 1)
  const decoded = (text: string) =>
    text.split('.').map((part) => Buffer.from(part, 'base64url').toString('hex'))
  return decoded(signed).join() !== decoded(other).join()
}

function headerOf(signed: string): { kid: string } {
  const [head = ''] = signed.split('.')
  return z.object({ kid: z.string() }).parse(JSON.parse(Buffer.from(head, 'base64url').toString()))
}
