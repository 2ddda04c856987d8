import { createTestDatabase, type TestDatabase } from '@tollgate/testing/database'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { METERING_MIGRATIONS } from '../migrations.ts'
import { whileMovingAlone } from './while-moving-alone.ts'

/** Enough for the server to notice a closed connection late at least once. */
const ROUNDS = 20
/** Fewer than the idle connections before them, so that none waits for a new one. */
const MOVES = 3

let created: TestDatabase
beforeAll(async () => {
  created = await createTestDatabase({ template: 'metering', migrations: METERING_MIGRATIONS })
})
afterAll(() => created.drop())

describe('a move of a bucket', () => {
  it('can be followed by the next as soon as it has ended, also when it failed', async () => {
    const failed = () => Promise.reject(new Error('interrupted'))
    for (let round = 0; round < ROUNDS; round += 1) {
      await openConnections()
      for (let move = 0; move < MOVES; move += 1) {
        await expect(whileMovingAlone(created.database, failed)).rejects.toThrow('interrupted')
      }
    }
    expect(await whileMovingAlone(created.database, async () => 'moved')).toBe('moved')
  })

  it('is refused while another runs', async () => {
    await whileMovingAlone(created.database, async () => {
      await expect(whileMovingAlone(created.database, async () => 'moved')).rejects.toThrow(
        'Another process is moving a bucket.',
      )
    })
  })
})

/** Opens idle connections. */
async function openConnections(): Promise<void> {
  const sleep = () => created.database.query({ text: 'select pg_sleep(0.001)' })
  await Promise.all([sleep(), sleep(), sleep(), sleep()])
}
