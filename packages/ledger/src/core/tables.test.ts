import { createTestDatabase } from '@tollgate/testing/database'
import { expect, it } from 'vitest'
import { MIGRATIONS } from '../migrations.ts'
import { renderTables } from '../testing/render-tables.ts'

it('has the types of the tables as the migrations leave them', async () => {
  const { database, drop } = await createTestDatabase({
    template: 'ledger',
    migrations: MIGRATIONS,
  })
  await expect(await renderTables(database)).toMatchFileSnapshot('tables.gen.ts')
  await drop()
})
