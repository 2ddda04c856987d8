import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'

const README = path.join(import.meta.dirname, '../../embedded-postgres/README.md')
/** Inside a package that depends on both, so that the sample resolves them as a reader's program would. */
const FOLDER = path.join(import.meta.dirname, '../.readme-embedded')
/** Creating a server from scratch takes long while other tests are running. */
const BUSY_MS_MAX = 180_000

let directory: string
beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'tollgate-embedded-'))
  await mkdir(FOLDER, { recursive: true })
})
afterAll(async () => {
  await rm(FOLDER, { recursive: true, force: true })
  await rm(directory, { recursive: true, force: true })
})

it(
  'starts the embedded server with the sample of its README, makes a database in it and stops',
  async () => {
    const [, block = ''] = /^```ts check\n(.*?)^```/ms.exec(await readFile(README, 'utf8')) ?? []
    const data = JSON.stringify(path.join(directory, 'postgres'))
    const asks = "export const names = await database.query({ text: 'select current_database()' })"
    const code = block
      .replace("'@tollgate/database'", "'../src/index.ts'")
      .replace("'.data/postgres'", data)
      .replace('await database.close()', `${asks}\nawait database.close()`)
    const file = path.join(FOLDER, 'sample.ts')
    await writeFile(file, code)
    const { names } = await import(file)
    expect(names).toEqual([{ current_database: 'tollgate' }])
  },
  BUSY_MS_MAX,
)
