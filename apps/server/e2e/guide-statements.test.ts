import { randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { METERING_MIGRATIONS } from '@tollgate/metering/postgres'
import { createTestDatabase } from '@tollgate/testing/database'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const GUIDE = new URL('../../docs/operate/', import.meta.url)

/** Read-only statements in SQL blocks and psql commands, with their page. */
const STATEMENTS = readdirSync(GUIDE)
  // Citus is not installed here.
  .filter((file) => file.endsWith('.md') && file !== 'citus.md')
  .flatMap((file) => {
    const text = readFileSync(new URL(file, GUIDE), 'utf8')
    const blocks = [...text.matchAll(/^ *```sql\n(.*?)^ *```/gmsu)].map(([, block = '']) => block)
    const commands = [...text.matchAll(/psql "\$DATABASE_URL" -c "([^"]+)"/gu)]
    const written = [...blocks, ...commands.map(([, sql = '']) => sql)]
    return written
      .flatMap((sql) => sql.replaceAll(/--.*$/gmu, '').split(';'))
      .map((sql) => sql.trim())
      .filter((sql) => sql.startsWith('select'))
      .map((sql) => ({ file, sql }))
  })

describe('every statement that the guide gives operators', () => {
  let test: Awaited<ReturnType<typeof createTestDatabase>>
  beforeAll(async () => {
    test = await createTestDatabase({ template: 'metering', migrations: METERING_MIGRATIONS })
  })
  afterAll(() => test.drop())

  it('is found by this test', () => {
    expect(STATEMENTS.length).toBeGreaterThan(10)
  })

  it.each(STATEMENTS)('fits the tables: $file: $sql', async ({ sql }) => {
    const text = sql.replaceAll(/'(?:…|the operation id)'/gu, `'${randomUUID()}'`)
    expect((await test.database.query({ text: `explain ${text}` })).length).toBeGreaterThan(0)
  })
})
