import { verifyReceipt } from '@tollgate/client'
import { RECEIPT_KEYS_PATH } from '@tollgate/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { customerOf, type Guest, signInAsGuest } from '../fixtures/guest.ts'
import { enter, newCredentials, postAuth } from '../fixtures/sign-in-account.ts'
import { startTestServer } from '../fixtures/start-test-server.ts'

let server: Awaited<ReturnType<typeof startTestServer>>
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server?.close())

const keySet = z.object({
  keys: z.array(z.object({ kty: z.string(), crv: z.string(), x: z.string(), kid: z.string() })),
})
const receiptAnswer = z.object({
  result: z.object({ data: z.object({ state: z.string(), signed: z.string().nullable() }) }),
})

describe('the receipt of a billed call', () => {
  it('is signed with the charge, and verified with the keys that the server publishes', async () => {
    const guest = await signInAsGuest(server.url)
    const answer = await guest.call('tools.qrCode', { text: 'https://example.com' })
    const operationId = answer.headers.get('x-operation-id') ?? ''
    const { state, signed } = await receiptOf(guest, operationId)
    expect(state).toBe('settled')
    expect(await verify(signed)).toEqual({
      valid: true,
      statement: {
        issuer: server.url,
        customerId: await customerOf(server.url, guest),
        operationId,
        procedure: 'tools.qrCode',
        charges: [{ meter: expect.any(String), amount: expect.any(Number) }],
        chargedBy: null,
        subjects: [],
        at: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      },
    })
  })

  it('names the member of an organization who made it', async () => {
    const owner = await enter(server.url, 'sign-up/email', newCredentials())
    const made = { name: 'The Press', slug: 'the-press' }
    expect((await postAuth(server.url, 'organization/create', made, owner)).status).toBe(200)
    const answer = await owner.call('tools.qrCode', { text: 'https://example.com' })
    const { signed } = await receiptOf(owner, answer.headers.get('x-operation-id') ?? '')
    expect(await verify(signed)).toMatchObject({
      statement: { subjects: [{ kind: 'member', id: expect.stringMatching(/./) }] },
    })
  })
})

async function verify(signed: string | null) {
  const keys = keySet.parse(await (await fetch(`${server.url}${RECEIPT_KEYS_PATH}`)).json()).keys
  return verifyReceipt(signed ?? '', { keys, issuer: server.url })
}

async function receiptOf(guest: Guest, operationId: string) {
  const input = encodeURIComponent(JSON.stringify({ operationId }))
  const { body } = await guest.read(`billing.receipt?input=${input}`)
  return receiptAnswer.parse(body).result.data
}
