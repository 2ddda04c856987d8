import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { customerOf, guestWith, startTestServer } from '@tollgate/server/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const PASSWORD = 'correct horse battery staple'

let server: Awaited<ReturnType<typeof startTestServer>>
beforeAll(async () => {
  server = await startTestServer()
}, 120_000)
afterAll(() => server.close())

describe('billing:admin erase', { timeout: 120_000 }, () => {
  it('names the customer and deletes nothing until it is repeated with --yes', async () => {
    const email = `${randomUUID()}@example.com`
    const person = await signUp(email)
    const customerId = await customerOf(server.url, person)
    const asked = await erase(email)
    expect(asked).toEqual({
      code: 1,
      output: '',
      error: `This deletes customer ${customerId}. Repeat with --yes.\n`,
    })
    expect(await signIn(email)).toBe(200)

    expect(await erase(email.toUpperCase(), '--yes')).toEqual({
      code: 0,
      output: `Deleted. Customer ${customerId} is being erased.\n`,
      error: '',
    })
    expect(await signIn(email)).toBe(401)
    expect(await erase(email, '--yes')).toMatchObject({
      code: 1,
      error: 'There is no user with this address.\n',
    })
  })

  it('refuses to delete the only owner of an organization', async () => {
    const email = `${randomUUID()}@example.com`
    const { token } = await signUp(email)
    await post('organization/create', { name: 'The Press', slug: 'the-press' }, token)
    expect(await erase(email, '--yes')).toMatchObject({
      code: 1,
      error: 'Only owner of The Press.\n',
    })
    expect(await signIn(email)).toBe(200)
  })
})

function post(path: string, body: object, token?: string): Promise<Response> {
  return fetch(`${server.url}/api/auth/${path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(body),
  })
}

async function signUp(email: string) {
  const answer = await post('sign-up/email', { email, name: 'A person', password: PASSWORD })
  return guestWith(server.url, answer.headers.get('set-auth-token') ?? '')
}

async function signIn(email: string): Promise<number> {
  return (await post('sign-in/email', { email, password: PASSWORD })).status
}

async function erase(...args: string[]): Promise<{ code: number; output: string; error: string }> {
  const program = join(import.meta.dirname, 'billing-admin.ts')
  const { databaseUrl = '', dataDirectory } = server.config
  const env = {
    PATH: process.env['PATH'] ?? '',
    DATABASE_URL: databaseUrl,
    DATA_DIR: dataDirectory,
  }
  try {
    const { stdout, stderr } = await promisify(execFile)(
      process.execPath,
      ['--import', 'tsx', program, 'erase', ...args],
      { env },
    )
    return { code: 0, output: stdout, error: stderr }
  } catch (error) {
    if (!(error instanceof Error) || !('stdout' in error) || !('stderr' in error)) throw error
    const code = 'code' in error ? Number(error.code) : Number.NaN
    return { code, output: String(error.stdout), error: String(error.stderr) }
  }
}
