import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Writable } from 'node:stream'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createLogger } from '../src/create-logger.ts'
import { signInAsGuest } from '../fixtures/guest.ts'
import { newCredentials, postAuth } from '../fixtures/sign-in-account.ts'
import { startSmtpServer } from '../fixtures/start-smtp-server.ts'
import { startTestServer } from '../fixtures/start-test-server.ts'

const PRIVATE = 'Dear diary, no one must ever read this.'

let server: Awaited<ReturnType<typeof startTestServer>>
let mail: Awaited<ReturnType<typeof startSmtpServer>>
const logged: string[] = []
const provider = createServer((request, response) => {
  request.resume().on('end', () => {
    response.writeHead(400, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ error: { message: 'The model is not there.' } }))
  })
})
beforeAll(async () => {
  mail = await startSmtpServer({ knowsRecipients: false })
  await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve))
  const lines = new Writable({
    write(chunk, _, done) {
      logged.push(String(chunk))
      done()
    },
  })
  server = await startTestServer(
    {
      SMTP_URL: mail.url,
      OPENAI_API_KEY: 'sk-test',
      OPENAI_BASE_URL: `http://127.0.0.1:${portOf(provider.address())}/v1`,
    },
    undefined,
    createLogger('debug', lines),
  )
})
afterAll(async () => {
  await server.close()
  await mail.stop()
  provider.close()
})

it('log that a provider failed, without what it was asked', async () => {
  const guest = await signInAsGuest(server.url)
  const answer = await guest.call('text.summarize', { text: PRIVATE, sentences: 1 })
  expect(answer.text).not.toContain('delta')
  await expect.poll(() => logged.join('')).toContain('The model is not there.')
  expect(logged.join('')).not.toContain('Dear diary')
})

it('log that a mail was refused, without the address of its reader', async () => {
  const person = newCredentials()
  await postAuth(server.url, 'sign-up/email', person)
  await expect.poll(() => logged.join('')).toContain('verification mail failed')
  expect(logged.join('')).toContain('no user of ours')
  expect(logged.join('').toLowerCase()).not.toContain(person.email.toLowerCase())
})

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('It does not listen.')
  return address.port
}
