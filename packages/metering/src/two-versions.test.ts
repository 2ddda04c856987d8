import { appendFile, cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { migrate } from '@tollgate/database'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectInvariants } from './fixtures/expect-invariants.ts'
import {
  createMeteringFixture,
  imageCall,
  type MeteringFixture,
  newCustomer,
} from './fixtures/metering-fixture.ts'
import { METERING_MIGRATIONS } from './migrations.ts'

/** How many times the other version starts. */
const STARTS = 6
const CUSTOMERS = 8

let fixture: MeteringFixture
let other: string
beforeAll(async () => {
  fixture = await createMeteringFixture()
  other = await otherVersion()
})
afterAll(async () => {
  await fixture.drop()
  await rm(other, { recursive: true })
})

describe('two versions on one database', () => {
  it('keep the routines of the newer one when the older one starts', async () => {
    const { database } = fixture
    const start = (directory: string | URL) => migrate(database, { directory, name: 'metering' })
    await start(METERING_MIGRATIONS)
    const older = await otherVersion({ version: '0.0.9' })
    expect(await start(older)).toEqual([])
    const newer = await otherVersion({ version: '999.0.0' })
    expect((await start(newer)).length).toBeGreaterThan(50)
    expect(await start(METERING_MIGRATIONS)).toEqual([])
    // The next test starts with this version's routines.
    await database.query({ text: `delete from routine_version where set_name = 'metering'` })
    expect((await start(METERING_MIGRATIONS)).length).toBeGreaterThan(50)
    for (const copy of [older, newer]) await rm(copy, { recursive: true })
  })

  it('take turns in replacing every routine while both sell, and no call is lost or charged twice', async () => {
    const { database, backend } = fixture
    const customers = Array.from({ length: CUSTOMERS }, () => newCustomer())
    const servers = [fixture.another(), fixture.another()]
    for (const server of servers) await server.start()
    for (const { customerId } of customers) backend.grant(customerId, 'image_generations', 100_000)
    let isOver = false
    const made = new Map(customers.map(({ customerId }) => [customerId, 0]))
    const selling = servers.flatMap((server) =>
      customers.map(async (customer) => {
        while (!isOver) {
          await server.run(imageCall(customer), async () => 'a fox')
          made.set(customer.customerId, (made.get(customer.customerId) ?? 0) + 1)
        }
      }),
    )
    for (let start = 0; start < STARTS; start += 1) {
      const directory = start % 2 === 0 ? other : METERING_MIGRATIONS
      const replaced = await migrate(database, { directory, name: 'metering' })
      expect(replaced.length).toBeGreaterThan(50)
      await allSoldMore(made)
    }
    isOver = true
    await Promise.all(selling)
    for (const server of servers) await server.stop()
    await fixture.metering.drain()
    await expectInvariants(database)
    for (const { customerId } of customers) {
      const events = [...backend.events.values()].filter((event) => event.customerId === customerId)
      expect(events).toHaveLength(made.get(customerId) ?? 0)
      expect(events.length).toBeGreaterThan(STARTS)
    }
  })
})

/** Waits until every customer completed a call that started after this; the first to end may have started earlier. */
async function allSoldMore(made: ReadonlyMap<string, number>): Promise<void> {
  const before = new Map(made)
  const hasSoldMore = () => [...before].every(([id, count]) => (made.get(id) ?? 0) >= count + 2)
  await expect.poll(hasSoldMore, { timeout: 20_000, interval: 10 }).toBe(true)
}

/** The same schema with every routine changed; of this version, as during development, unless `manifest` gives another. */
async function otherVersion(manifest?: { version: string }): Promise<string> {
  const copy = await mkdtemp(path.join(tmpdir(), 'tollgate-other-version-'))
  for (const part of ['schema', 'routines']) {
    await cp(fileURLToPath(new URL(part, METERING_MIGRATIONS)), path.join(copy, part), {
      recursive: true,
    })
  }
  const own = await readFile(new URL('package.json', METERING_MIGRATIONS), 'utf8')
  await writeFile(path.join(copy, 'package.json'), manifest ? JSON.stringify(manifest) : own)
  const routines = path.join(copy, 'routines')
  for (const file of await readdir(routines)) {
    // The test clock is not one of our routines.
    if (file === 'clock.sql') continue
    await appendFile(path.join(routines, file), '\n-- As the other version has it.\n')
  }
  return copy
}
