import { expect, test } from 'vitest'
import { createTestDatabase } from './database.ts'

const options = {
  template: 'things',
  migrations: new URL('fixtures/migrations/', import.meta.url),
}

test('gives every caller a migrated database of its own', async () => {
  const [one, other] = await Promise.all([createTestDatabase(options), createTestDatabase(options)])
  await one.database.query({ text: `insert into thing (id, name) values (1, 'only here')` })

  const [mine, theirs] = await Promise.all(
    [one, other].map(({ database }) => database.query({ text: 'select id, name from thing' })),
  )
  await Promise.all([one.drop(), other.drop()])

  expect(mine).toEqual([{ id: 1, name: 'only here' }])
  expect(theirs).toEqual([])
})

test('is gone after drop', async () => {
  const keeper = await createTestDatabase(options)
  const dropped = await createTestDatabase(options)
  const name = new URL(dropped.url).pathname.slice(1)
  await dropped.drop()

  const found = await keeper.database.query({
    text: 'select datname from pg_database where datname = $1',
    values: [name],
  })
  await keeper.drop()
  expect(found).toEqual([])
})
