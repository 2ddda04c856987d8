import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { emptyDatabase } from '../fixtures/empty-database.ts'
import { connectAs, type Database, openDatabase, provisionRole } from '../index.ts'

let superuser: Awaited<ReturnType<typeof emptyDatabase>>
let owner: { name: string; database: Database; url: string }
let component: string

beforeEach(async () => {
  superuser = await emptyDatabase()
  const suffix = randomBytes(6).toString('hex')
  component = `component_${suffix}`
  owner = await createOwner(`owner_${suffix}`)
})
afterEach(async () => {
  await owner.database.close()
  const { database } = superuser
  for (const name of [component, owner.name]) {
    const [found] = await database.query({
      text: 'select from pg_roles where rolname = $1',
      values: [name],
    })
    if (!found) continue
    await database.query({ text: `drop owned by "${name}"` })
    await database.query({ text: `drop role "${name}"` })
  }
  await superuser.drop()
})

describe('an owner that is no superuser and may make roles', () => {
  it('connects under the role that it made', async () => {
    expect(await provisionRole(owner.database, { name: component, grants: [] })).toBe(true)
    expect(await userOfConnection()).toBe(component)
  })

  it('connects under a role that it made before it could switch to it', async () => {
    await owner.database.query({ text: `create role "${component}" nologin` })
    await provisionRole(owner.database, { name: component, grants: [] })
    expect(await userOfConnection()).toBe(component)
  })

  it('connects as itself where the role is not its own', async () => {
    await superuser.database.query({ text: `create role "${component}" nologin` })
    await provisionRole(owner.database, { name: component, grants: [] })
    expect(await userOfConnection()).toBe(owner.name)
  })
})

async function createOwner(name: string) {
  const password = randomBytes(12).toString('hex')
  await superuser.database.query({
    text: `create role "${name}" login createrole password '${password}'`,
  })
  const url = new URL(superuser.url)
  url.username = name
  url.password = password
  const database = openDatabase({ url: url.href, maxConnections: 1 })
  return { name, database, url: url.href }
}

/** The user of a component's connection. */
async function userOfConnection(): Promise<string | undefined> {
  const connection = await connectAs(owner.database, { url: owner.url, role: component })
  const database = openDatabase({ ...connection, maxConnections: 1 })
  const [row] = await database.query<{ name: string }>({
    text: 'select current_user::text as name',
  })
  await database.close()
  return row?.name
}
