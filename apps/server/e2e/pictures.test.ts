import { randomUUID } from 'node:crypto'
import { openDatabase } from '@tollgate/database'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { enter, newCredentials } from '../fixtures/sign-in-account.ts'
import { type Guest, signInAsGuest } from '../fixtures/guest.ts'
import { startTestServer } from '../fixtures/start-test-server.ts'

let server: Awaited<ReturnType<typeof startTestServer>>
let guest: Guest
beforeAll(async () => {
  server = await startTestServer({ TRUSTED_PROXIES: '1' })
  guest = await signInAsGuest(server.url)
}, 60_000)
afterAll(() => server.close())

const INPUT = { prompt: 'a fox in the snow' }

/** Generates a picture and returns its URL. */
async function makePicture({
  who = guest,
  key,
}: { who?: Guest; key?: string } = {}): Promise<string> {
  const answer = await who.call('images.generate', INPUT, key)
  expect(answer.status, answer.text).toBe(200)
  return madeSchema.parse(answer.body).result.data.url
}
const madeSchema = z.object({ result: z.object({ data: z.object({ url: z.string() }) }) })

const resultsSchema = z.object({
  items: z.array(
    z.object({
      operationId: z.string(),
      procedure: z.string(),
      complete: z.boolean(),
      output: z.unknown(),
    }),
  ),
})

async function resultsOf(who: Guest) {
  return resultsSchema.parse(await readWith(who, 'billing.results', {})).items
}

async function readWith(who: Guest, path: string, input: object): Promise<unknown> {
  const answer = await who.read(`${path}?input=${encodeURIComponent(JSON.stringify(input))}`)
  expect(answer.status, answer.text).toBe(200)
  return z.object({ result: z.object({ data: z.unknown() }) }).parse(answer.body).result.data
}

function get(path: string, who: Guest | null, headers: Record<string, string> = {}) {
  const authorization = who ? { authorization: `Bearer ${who.token}` } : {}
  return fetch(`${server.url}${path}`, { headers: { ...authorization, ...headers } })
}

describe('a picture that was paid for', () => {
  it('leaves as bytes at a URL, which its owner’s browser keeps', async () => {
    const answer = await get(await makePicture(), guest)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe('image/png')
    expect(answer.headers.get('content-encoding')).toBeNull()
    expect(answer.headers.get('cache-control')).toBe('private, max-age=259200, immutable')
    expect(answer.headers.get('vary')).toBe('Authorization, Cookie')
    const bytes = Buffer.from(await answer.arrayBuffer())
    expect(bytes.subarray(0, 8).toString('latin1')).toBe('\u0089PNG\r\n\u001a\n')
    expect(Number(answer.headers.get('content-length'))).toBe(bytes.length)
  })

  it('is not part of the JSON answer', async () => {
    const { text } = await guest.call('images.generate', INPUT)
    expect(text.length).toBeLessThan(1000)
    expect(text).not.toContain('base64')
  })

  it('is not sent again to a browser that has it', async () => {
    const url = await makePicture()
    const etag = (await get(url, guest)).headers.get('etag') ?? ''
    const again = await get(url, guest, { 'if-none-match': etag })
    expect(again.status).toBe(304)
    expect(await again.text()).toBe('')
  })

  it('has the same URL when the same key is sent again', async () => {
    const key = `op_${randomUUID()}`
    expect(await makePicture({ key })).toBe(await makePicture({ key }))
  })

  it('does not exist for another customer, who knows its ETag', async () => {
    const url = await makePicture()
    const etag = (await get(url, guest)).headers.get('etag') ?? ''
    const other = await signInAsGuest(server.url)
    for (const headers of [{}, { 'if-none-match': etag }]) {
      const answer = await get(url, other, headers)
      expect(answer.status).toBe(404)
      expect(answer.headers.get('cache-control')).toContain('no-store')
    }
  })

  it('is readable by the account that its guest signs in to, and by no other', async () => {
    const person = newCredentials()
    await enter(server.url, 'sign-up/email', person)
    const stranger = await enter(server.url, 'sign-up/email', newCredentials())
    const leaving = await signInAsGuest(server.url)
    const url = await makePicture({ who: leaving })
    const account = await enter(server.url, 'sign-in/email', person, leaving)
    const answer = await get(url, account)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe('image/png')
    expect((await get(url, leaving)).status).toBe(401)
    expect((await get(url, stranger)).status).toBe(404)
    // Signing in with only the password, without the guest's session, gives access to what the guest brought into the account.
    const elsewhere = await enter(server.url, 'sign-in/email', person)
    expect((await get(url, elsewhere)).status).toBe(200)
  })

  it('is listed with its receipt for its guest and the account that its guest signs in to, and for no other', async () => {
    const person = newCredentials()
    await enter(server.url, 'sign-up/email', person)
    const stranger = await enter(server.url, 'sign-up/email', newCredentials())
    const leaving = await signInAsGuest(server.url)
    const url = await makePicture({ who: leaving })
    expect(await resultsOf(leaving)).toMatchObject([{ output: { url } }])
    const account = await enter(server.url, 'sign-in/email', person, leaving)
    await account.call('tools.qrCode', { text: 'https://example.test' })
    const listed = await resultsOf(account)
    expect(listed.map(({ procedure }) => procedure)).toEqual(['tools.qrCode', 'images.generate'])
    expect(listed[1]).toMatchObject({ output: { url, dataUrl: url } })
    expect(await resultsOf(stranger)).toEqual([])

    const operationId = url.split('/').at(-1) ?? ''
    const receipt = (who: Guest) => readWith(who, 'billing.receipt', { operationId })
    expect(await receipt(account)).toMatchObject({ state: 'settled', result: { output: { url } } })
    expect(await receipt(stranger)).toBeNull()
  })

  it('stays its guest’s own when the password is wrong', async () => {
    const person = newCredentials()
    const account = await enter(server.url, 'sign-up/email', person)
    const url = await makePicture()
    const wrong = { ...person, password: 'a wrong guess' }
    await expect(enter(server.url, 'sign-in/email', wrong, guest)).rejects.toThrow('401')
    expect((await get(url, guest)).status).toBe(200)
    expect((await get(url, account)).status).toBe(404)
  })

  it('needs a session', async () => {
    expect((await get(await makePicture(), null)).status).toBe(401)
  })

  it.each([['no id'], [randomUUID()], [`${randomUUID()}'`]])(
    'is not found under %s',
    async (id) => {
      expect((await get(`/api/results/${encodeURIComponent(id)}`, guest)).status).toBe(404)
    },
  )

  it('is gone past its keeping time, with the reason, before and after it is deleted', async () => {
    const url = await makePicture()
    const id = url.split('/').at(-1)
    const database = openDatabase({ url: server.config.databaseUrl ?? '', maxConnections: 1 })
    try {
      for (const text of [
        `update metering.operation set result_expires_at = now() where operation_id = $1`,
        `update metering.operation set result = null where operation_id = $1`,
      ]) {
        await database.query({ text, values: [id] })
        const answer = await get(url, guest)
        expect(answer.status).toBe(410)
        expect(await answer.json()).toMatchObject({ error: 'result_gone' })
      }
    } finally {
      await database.close()
    }
  })

  it('is not made of a result without a file', async () => {
    await guest.call('text.summarize', { text: 'A fox crossed the snow. It was white.' })
    const made = await resultsOf(guest)
    const summary = made.find(({ procedure }) => procedure === 'text.summarize')
    const answer = await get(`/api/results/${summary?.operationId}`, guest)
    expect({ complete: summary?.complete, status: answer.status }).toEqual({
      complete: true,
      status: 404,
    })
  })
})
