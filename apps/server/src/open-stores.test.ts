import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Logger, silentLogger } from '@tollgate/contract'
import { PRICING_PATH } from '@tollgate/contract/product-pricing'
import { type Database, ensureDatabase, openDatabase } from '@tollgate/database'
import { startBillingServer } from '@tollgate/ledger/http'
import { testPostgresUrl } from '@tollgate/testing/database'
import { freePort } from '@tollgate/testing/free-port'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readConfig } from './config.ts'
import { openStores, type Stores } from './open-stores.ts'
import { signInAsGuest } from '../fixtures/guest.ts'
import { startTestServer } from '../fixtures/start-test-server.ts'

describe('the embedded database', () => {
  let directory: string
  let stores: Stores
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'tollgate-stores-'))
    stores = await openStores(readConfig({ DATA_DIR: directory }), silentLogger)
  }, 120_000)
  afterAll(async () => {
    await stores.close()
    await rm(directory, { recursive: true, force: true })
  })

  const componentsOf = (opened: Stores): [string, Database][] => [
    ['tollgate_server', opened.server],
    ['tollgate_sign_in', opened.signIn],
    ['tollgate_metering', opened.metering],
  ]

  it('is used under logins that are no superusers and cannot switch to one', async () => {
    for (const [login, database] of componentsOf(stores)) {
      const [row] = await database.query<{ login: string; rolsuper: boolean }>({
        text: 'select session_user::text as login, rolsuper from pg_roles where rolname = session_user',
      })
      expect(row).toEqual({ login, rolsuper: false })
      await expect(database.query({ text: 'set role postgres' })).rejects.toThrow(
        'permission denied',
      )
    }
  })

  it.each([
    'create table note (text text)',
    'create schema another',
    'drop table metering.account',
    'alter table auth_user add column "isAdmin" boolean',
    'truncate metering.operation',
    'select * from migration',
    `copy flowglad_event to program 'true'`,
  ])('lets no component do this: %s', async (text) => {
    for (const [login, database] of componentsOf(stores)) {
      await expect(database.query({ text }), login).rejects.toThrow(
        /permission denied|must be owner/,
      )
    }
  })

  it('lets metering change how far an event has come, and not what it says', async () => {
    const { metering } = stores
    await metering.query({ text: 'update metering.outbox set quarantined = false' })
    for (const column of ['amount = 1', `customer_id = 'cus_other'`, `meter = 'other'`]) {
      const text = `update metering.outbox set ${column}`
      await expect(metering.query({ text }), column).rejects.toThrow('permission denied')
    }
  })

  it.each([
    `update metering.operation set customer_id = 'cus_other'`,
    'delete from metering.operation',
    `update metering.landed_transaction set transaction_id = 'other'`,
    'update metering.bucket set bucket = 1',
    'delete from metering.aged_key',
    'delete from metering.provider_cost',
    `update metering.provider_cost set model = 'other'`,
  ])('does not let metering do this: %s', async (text) => {
    await expect(stores.metering.query({ text })).rejects.toThrow('permission denied')
  })

  it('lets metering age operations out, which it cannot delete otherwise', async () => {
    const days = (count: number) => count * 86_400_000
    const text = 'select metering.age_operations(0::smallint, $1, 10, 10, $2) as answer'
    const rows = await stores.metering.query({ text, values: ['', days(400)] })
    expect(rows).toEqual([{ answer: { aged: 0, next: null } }])
  })

  it('keeps each component to its own tables', async () => {
    const { server, signIn, metering } = stores
    const denied = async (database: Database, text: string) =>
      expect(database.query({ text }), text).rejects.toThrow('permission denied')
    await denied(metering, 'select * from auth_session')
    await denied(metering, 'select * from auth_account')
    await denied(signIn, 'select * from metering.account')
    await denied(signIn, 'select * from flowglad_event')
    await denied(server, 'select password from auth_account')
    await denied(server, 'select token from auth_session')
    await denied(server, `update auth_user set "customerId" = 'cus_other'`)
    await denied(server, 'select * from metering.account')
  })

  it('has the billing backend work under a login that cannot rewrite its ledger', async () => {
    const billing = await startBillingServer({
      databaseUrl: stores.billing.url,
      rolePassword: stores.billing.rolePassword,
      port: await freePort(),
      pricingPath: PRICING_PATH,
      apiKeyFile: join(directory, 'billing-api-key'),
    })
    try {
      const { database } = billing.ledger
      expect(await database.query({ text: 'select session_user::text as login' })).toEqual([
        { login: 'tollgate_ledger' },
      ])
      for (const text of [
        'update ledger_entry set amount = 1',
        'delete from ledger_entry',
        'delete from usage_event',
        'drop table ledger_entry',
      ]) {
        await expect(database.query({ text }), text).rejects.toThrow(
          /permission denied|must be owner/,
        )
      }
    } finally {
      await billing.close()
    }
  })
})

describe('a database of your own', () => {
  it('is used under the same roles, and a superuser in DATABASE_URL is warned of', async () => {
    const warnings: unknown[] = []
    const logger: Logger = { ...silentLogger, warn: (facts) => void warnings.push(facts) }
    const server = await startTestServer()
    const stores = await openStores(server.config, logger)
    try {
      expect(await stores.metering.query({ text: 'select current_user::text as role' })).toEqual([
        { role: 'tollgate_metering' },
      ])
      expect(warnings).toContainEqual(expect.objectContaining({ code: 'superuser_login' }))
    } finally {
      await stores.close()
      await server.close()
    }
  })

  it.each([
    ['brings the planner settings of metering with its connections', {}, 'force_generic_plan'],
    [
      'leaves them to the database where METERING_PLANNER_SETTINGS says so',
      { METERING_PLANNER_SETTINGS: 'database' },
      'auto',
    ],
  ])('%s', async (_what, env, expected) => {
    const server = await startTestServer(env)
    const stores = await openStores(server.config, silentLogger)
    try {
      const rows = await stores.metering.query({ text: 'show plan_cache_mode' })
      expect(rows).toEqual([{ plan_cache_mode: expected }])
    } finally {
      await stores.close()
      await server.close()
    }
  })

  it('keeps holds and charges apart from sign-in where METERING_DATABASE_URL says so', async () => {
    const [own, other] = [await emptyDatabase(), await emptyDatabase()]
    const server = await startTestServer({ DATABASE_URL: other, METERING_DATABASE_URL: own })
    const [metering, signIn] = [own, other].map((url) => openDatabase({ url, maxConnections: 1 }))
    try {
      const guest = await signInAsGuest(server.url)
      await guest.call('tools.qrCode', { text: 'apart' })
      expect(await countOf(metering, 'metering.operation')).toBe(1)
      expect(await countOf(signIn, 'auth_user')).toBe(1)
      await expect(countOf(signIn, 'metering.operation')).rejects.toThrow('does not exist')
      await expect(countOf(metering, 'auth_user')).rejects.toThrow('does not exist')
    } finally {
      await Promise.all([metering?.close(), signIn?.close(), server.close()])
    }
  })
})

async function emptyDatabase(): Promise<string> {
  const url = new URL(testPostgresUrl())
  const name = `empty_${randomUUID().replaceAll('-', '')}`
  await ensureDatabase({ url: url.href, name })
  url.pathname = `/${name}`
  return url.href
}

async function countOf(database: Database | undefined, table: string): Promise<number | undefined> {
  const rows = await database?.query<{ count: number }>({
    text: `select count(*) as count from ${table}`,
  })
  return rows?.[0]?.count
}
