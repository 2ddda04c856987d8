import { randomUUID } from 'node:crypto'
import { silentLogger } from '@tollgate/contract'
import type { Database } from '@tollgate/database'
import { createTestDatabase, type TestDatabase } from '@tollgate/testing/database'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createAuth } from './create-auth.ts'
import { type CallerReader, createCallerReader } from './create-caller-reader.ts'
import { createSignInLimits } from './create-sign-in-limits.ts'
import { createApiKeyFinder } from './find-api-key.ts'

const MIGRATIONS = new URL('../../migrations/', import.meta.url)

let created: TestDatabase
let database: Database
let callers: CallerReader
let statements = 0
let elapsedMs = 0
beforeAll(async () => {
  created = await createTestDatabase({ template: 'auth', migrations: MIGRATIONS })
  database = created.database
  const counting: Database = {
    ...database,
    query: (statement) => ((statements += 1), database.query(statement)),
  }
  // The clock stands still between two steps of a test, however long they take.
  const startedAt = Date.now()
  const now = () => startedAt + elapsedMs
  const limits = createSignInLimits({ database, newCustomersPerDay: 1 })
  const findApiKey = createApiKeyFinder({ database: counting, limits, now, logger: silentLogger })
  callers = await createCallerReader({ auth: auth(), database: counting, findApiKey, now })
})
afterAll(async () => {
  await callers.stop()
  await created.drop()
})

const secret = randomUUID()
function auth() {
  const baseUrl = 'http://127.0.0.1'
  const options = { secret, baseUrl, trustedOrigins: [], secureCookies: false }
  return createAuth({ database, ...options, logger: silentLogger })
}

async function newCaller(): Promise<Headers> {
  const { headers } = await auth().api.signInAnonymous({ returnHeaders: true })
  return new Headers({ authorization: `Bearer ${headers.get('set-auth-token')}` })
}

/** How many statements the lookup of the callers takes. */
async function statementsFor(...headers: Headers[]): Promise<number> {
  const before = statements
  for (const one of headers) expect(await callers.read(one)).toMatchObject({ isGuest: true })
  return statements - before
}

it('finds a caller with one statement, and with none for the next five seconds', async () => {
  const caller = await newCaller()
  expect(await statementsFor(caller)).toBe(1)
  expect(await statementsFor(caller, caller)).toBe(0)
  elapsedMs += 5_001
  expect(await statementsFor(caller)).toBe(1)
})

it('asks again for everyone after a change in this process', async () => {
  const [one, other] = [await newCaller(), await newCaller()]
  expect(await statementsFor(one, other)).toBe(2)
  callers.clear()
  expect(await statementsFor(one, other)).toBe(2)
})

it('does not remember what it read while the session ended', async () => {
  const caller = await newCaller()
  const reading = callers.read(caller)
  callers.clear()
  await reading
  expect(await statementsFor(caller)).toBe(1)
})

it('reads a caller that acts for an organization with every call, in one statement', async () => {
  const account = await auth().api.signUpEmail({
    body: { name: 'Ada', email: `${randomUUID()}@example.com`, password: randomUUID() },
    returnHeaders: true,
  })
  const caller = new Headers({ authorization: `Bearer ${account.headers.get('set-auth-token')}` })
  const body = { name: 'Acme', slug: 'any' }
  const made = await auth().api.createOrganization({ body, headers: caller })
  await auth().api.setActiveOrganization({ body: { organizationId: made.id }, headers: caller })
  callers.clear()
  const before = statements
  for (const role of ['owner', 'owner']) {
    const customer = { name: 'Acme' }
    expect(await callers.read(caller)).toMatchObject({ customer, user: { membership: { role } } })
  }
  expect(statements - before).toBe(2)
  await database.query({
    text: 'delete from auth_organization where id = $1',
    values: [made.id],
  })
  expect(await callers.read(caller)).toMatchObject({ customer: null, user: { membership: null } })
})

it('asks no database about callers without a credential, or with a signature that is not its own', async () => {
  const before = statements
  expect(await callers.read(new Headers())).toBeNull()
  expect(await callers.read(new Headers({ authorization: 'Bearer made.up' }))).toBeNull()
  expect(await callers.read(new Headers({ cookie: 'theme=dark' }))).toBeNull()
  expect(statements - before).toBe(0)
})
