import { silentLogger } from '@tollgate/contract'
import { createTestDatabase, type TestDatabase } from '@tollgate/testing/database'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createSignInPurger, type SignInPurger } from './create-sign-in-purger.ts'

const MIGRATIONS = new URL('../../migrations/', import.meta.url)

let created: TestDatabase
let purger: SignInPurger
beforeAll(async () => {
  created = await createTestDatabase({ template: 'auth', migrations: MIGRATIONS })
  await run(
    `insert into auth_user (id, name, email, "customerId") values ('ada', 'Ada', 'ada@example.com', 'user_ada')`,
  )
  await run(`insert into auth_organization (id, name, slug, "customerId", "billingEmail")
    values ('org', 'Org', 'org', 'org_org', 'billing@example.com')`)
  purger = createSignInPurger({ database: created.database, keptDays: 30, logger: silentLogger })
})
afterAll(() => created.drop())

const run = (text: string) => created.database.query({ text })

it('deletes what ended longer ago than it is kept, and nothing else', async () => {
  await run(`
    insert into auth_session (id, "userId", token, "expiresAt")
      select 's' || d, 'ada', 't' || d, now() - d * interval '1 day' from unnest(array[-5, 29, 31]) d;
    insert into auth_verification (id, identifier, value, "expiresAt")
      select 'v' || d, 'ada@example.com', 'code', now() - d * interval '1 day' from unnest(array[29, 31]) d;
    insert into auth_invitation (id, "organizationId", email, role, "expiresAt", "inviterId")
      select 'i' || d, 'org', 'bob@example.com', 'member', now() - d * interval '1 day', 'ada' from unnest(array[29, 31]) d;
    insert into auth_api_key (id, user_id, name, hint, secret_hash, expires_at, revoked_at)
      select gen_random_uuid(), 'ada', n, 'hint', decode(md5(n), 'hex'), ends, revoked
      from (values ('live', null, null), ('expired long ago', now() - interval '31 days', null),
        ('revoked long ago', now() + interval '1 day', now() - interval '31 days'),
        ('revoked lately', null, now() - interval '29 days')) k(n, ends, revoked);
    insert into auth_run (id, key_id, ancestors, secret_hash, meters, expires_at)
      select gen_random_uuid(), k.id, '{}', decode(md5(d::text), 'hex'), '{api_calls}', now() - d * interval '1 day'
      from unnest(array[0, 2]) d cross join auth_api_key k where k.name = 'live';
    insert into auth_purchase_request (organization_id, user_id, asked_on, resolved_at)
      select 'org', 'ada', current_date - d, now() - d * interval '1 day' from unnest(array[29, 31]) d;
    insert into auth_rate_limit (id, key, count, "lastRequest")
      select 'r' || d, '203.0.113.7/' || d, 1, (extract(epoch from now()) - d * 86400) * 1000 from unnest(array[0, 2]) d`)
  expect(await purger.purgeOnce()).toEqual({
    auth_session: 1,
    auth_verification: 1,
    auth_invitation: 1,
    auth_api_key: 2,
    auth_run: 1,
    auth_purchase_request: 1,
    auth_rate_limit: 1,
  })
  expect(Object.values(await purger.purgeOnce())).toEqual([0, 0, 0, 0, 0, 0, 0])
  const names = await created.database.query({
    text: 'select name from auth_api_key order by name',
  })
  expect(names).toEqual([{ name: 'live' }, { name: 'revoked lately' }])
})

it('finds each by an index, so that a table of a million rows costs no more', async () => {
  for (const [table, endedAt] of [
    ['auth_session', '"expiresAt"'],
    ['auth_verification', '"expiresAt"'],
    ['auth_invitation', '"expiresAt"'],
    ['auth_api_key', 'least(revoked_at, expires_at)'],
    ['auth_run', 'expires_at'],
    ['auth_purchase_request', 'resolved_at'],
  ]) {
    const plan = await created.database.transaction(async ({ query }) => {
      await query({ text: 'set local enable_seqscan = off' })
      await query({ text: 'set local enable_sort = off' })
      return query<{ 'QUERY PLAN': string }>({
        text: `explain (costs off) select id from ${table} where ${endedAt} < now() - interval '30 days'
          order by ${endedAt} limit 1000`,
      })
    })
    const text = plan.map((line) => line['QUERY PLAN']).join(' ')
    expect(text).toMatch(/Index (?:Only )?Scan using \w+_(?:expiry|end|resolved)/)
    expect(text).toContain('Index Cond')
  }
})
