import { randomUUID } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Database, openDatabase } from '@tollgate/database'
import { testPostgresUrl } from '@tollgate/testing/database'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { health } from './health.ts'

let database: Database
beforeAll(() => {
  database = openDatabase({ url: testPostgresUrl(), maxConnections: 1 })
})
afterAll(() => database.close())

const MEGABYTE = 1024 * 1024

describe('readiness', () => {
  it('is there while the disk has room and the database takes writes', async () => {
    const answer = await ask({})
    expect(answer.status, await answer.clone().text()).toBe(200)
  })

  it.each([0, 1, 63])('ends when the disk has %d MB left', async (megabytes) => {
    const answer = await ask({ freeBytes: async () => megabytes * MEGABYTE })
    expect(answer.status).toBe(503)
    expect(answer.headers.get('retry-after')).toBe('1')
    expect(await answer.json()).toMatchObject({ message: 'The disk of DATA_DIR is full.' })
  })

  it('asks about the disk that DATA_DIR is on', async () => {
    const asked: string[] = []
    const freeBytes = async (directory: string) => {
      asked.push(directory)
      return 64 * MEGABYTE
    }
    expect((await ask({ freeBytes, dataDirectory: '/data' })).status).toBe(200)
    expect(asked).toEqual(['/data'])
  })

  it('ends when DATA_DIR is gone', async () => {
    const answer = await ask({ dataDirectory: join(tmpdir(), randomUUID()) })
    expect(answer.status).toBe(503)
    expect(await answer.json()).toMatchObject({ message: 'DATA_DIR cannot be read.' })
  })

  it('ends when the server begins to stop, and says nothing of what only the process needs', async () => {
    const options = { database, config: { dataDirectory: tmpdir() }, stopping: AbortSignal.abort() }
    expect((await health(options).request('/readyz')).status).toBe(503)
    expect((await health(options).request('/healthz')).status).toBe(200)
  })
})

function ask(given: {
  dataDirectory?: string
  freeBytes?: (directory: string) => Promise<number>
}): Response | Promise<Response> {
  const { dataDirectory = tmpdir(), ...rest } = given
  const stopping = new AbortController().signal
  return health({ database, config: { dataDirectory }, stopping, ...rest }).request('/readyz')
}
