import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startTollgate } from '@tollgate/testing/tollgate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { signInAsGuest } from '../faults/guest.ts'

let directory: string
let tollgate: Awaited<ReturnType<typeof startTollgate>>
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tollgate-plain-'))
  tollgate = await startTollgate({ dataDirectory: join(directory, 'data') })
})
afterAll(async () => {
  await tollgate?.stop()
  await rm(directory, { recursive: true, force: true })
})

/** The parts of the OpenAPI document that a Swift or Kotlin team needs for one call. */
type Described = {
  servers: { url: string }[]
  paths: Record<
    string,
    {
      post: {
        parameters: { name: string; in: string; required: boolean }[]
        requestBody: { content: { 'application/json': { example: object } } }
      }
    }
  >
}

describe('a team without our types', () => {
  it('finds the document on the server and makes a billed call from it, charged once', async () => {
    const document: Described = await (await fetch(`${tollgate.url}/openapi.json`)).json()
    const [path, operation] =
      Object.entries(document.paths).find(([name]) => name.endsWith('tools.qrCode')) ?? []
    const { token } = await signInAsGuest(tollgate.url)
    const header = operation?.post.parameters.find((parameter) => parameter.required)?.name ?? ''
    const call = (key: Record<string, string>) =>
      fetch(`${document.servers[0]?.url}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, ...key },
        body: JSON.stringify(operation?.post.requestBody.content['application/json'].example),
      })

    expect((await call({})).status).toBe(400)
    const first = await call({ [header]: 'swift-0123456789-abcdef' })
    const second = await call({ [header]: 'swift-0123456789-abcdef' })
    expect([first.status, second.status]).toEqual([200, 200])
    expect(first.headers.get('idempotency-replayed')).toBeNull()
    expect(second.headers.get('idempotency-replayed')).toBe('true')
    expect(await second.text()).toBe(await first.text())
  })
})
