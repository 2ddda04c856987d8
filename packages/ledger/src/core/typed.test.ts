import { createTestDatabase, type TestDatabase } from '@tollgate/testing/database'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { MIGRATIONS } from '../migrations.ts'
import { anyOf } from './any-of.ts'
import { jsonValue } from './json-value.ts'
import { typed } from './typed.ts'

const NOW = 1_790_000_000_000

let testDatabase: TestDatabase
beforeAll(async () => {
  testDatabase = await createTestDatabase({ template: 'ledger', migrations: MIGRATIONS })
  const { database } = testDatabase
  await typed(database)
    .insertInto('organization')
    .values({ id: 'org', name: 'org', createdAt: NOW })
    .execute()
  await typed(database)
    .insertInto('pricingModel')
    .values({
      organizationId: 'org',
      id: 'model',
      name: 'model',
      isDefault: true,
      createdAt: NOW,
      updatedAt: NOW,
    })
    .execute()
})
afterAll(() => testDatabase.drop())

it('reads and writes columns under their names in the API, and leaves the keys of JSON alone', async () => {
  const { database } = testDatabase
  await typed(database)
    .insertInto('customer')
    .values({
      organizationId: 'org',
      id: 'ada',
      externalId: 'ada',
      pricingModelId: 'model',
      email: 'ada@example.com',
      name: 'Ada',
      iconUrl: 'https://example.com/ada.png',
      billingAddress: jsonValue([{ postal_code: 'W1' }]),
      invoiceNumberBase: 'ADA',
      createdAt: NOW,
      updatedAt: NOW,
    })
    .execute()
  const ada = await typed(database, 'find-ada')
    .selectFrom('customer')
    .select(['iconUrl as iconURL', 'billingAddress', 'invoicesMade'])
    .where('id', '=', anyOf(['ada', 'eve']))
    .execute()
  expect(ada).toEqual([
    {
      iconURL: 'https://example.com/ada.png',
      billingAddress: [{ postal_code: 'W1' }],
      invoicesMade: 0,
    },
  ])
})

it('refuses in the editor what the database would refuse', async () => {
  const statements = typed(testDatabase.database)
  const subscriptions = statements.selectFrom('subscription').select('id')
  const refused = [
    // @ts-expect-error: the column is called status.
    [subscriptions.where('state', '=', 'active'), '42703'],
    // @ts-expect-error: the table is called subscription.
    [statements.selectFrom('subscriptions').select('id'), '42P01'],
    // @ts-expect-error: an instant is a number.
    [subscriptions.where('periodEnd', '<', 'tomorrow'), '22P02'],
    [
      // @ts-expect-error: a meter sums or counts distinct values.
      statements.insertInto('usageMeter').values({
        organizationId: 'org',
        id: 'meter',
        pricingModelId: 'model',
        slug: 'meter',
        name: 'Meter',
        aggregationType: 'average',
        createdAt: NOW,
        updatedAt: NOW,
      }),
      '23514',
    ],
    [
      // @ts-expect-error: the creation time is required.
      statements.insertInto('organization').values({ id: 'other', name: 'other' }),
      '23502',
    ],
    [
      statements
        .insertInto('customerMove')
        // @ts-expect-error: a key is required, and null is not one.
        .values({
          organizationId: 'org',
          idempotencyKey: null,
          fromCustomerId: 'ada',
          toCustomerId: 'eve',
          createdAt: NOW,
        }),
      '23502',
    ],
    [
      // @ts-expect-error: a list in a JSON column is written as JSON.
      statements.updateTable('customer').set({ billingAddress: ['W1'] }),
      '22P02',
    ],
    [
      statements
        .insertInto('clock')
        .values({ offsetMs: 1 })
        // @ts-expect-error: no constraint has this column.
        .onConflict((taken) => taken.column('offset').doNothing()),
      '42703',
    ],
  ] as const
  for (const [statement, code] of refused) {
    await expect(statement.execute()).rejects.toMatchObject({ code })
  }
})
