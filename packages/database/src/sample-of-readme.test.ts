import { execFile } from 'node:child_process'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { silentLogger } from '@tollgate/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { emptyDatabase } from './fixtures/empty-database.ts'

const PACKAGE = path.join(import.meta.dirname, '..')
/** Inside the package, so that the sample resolves packages as a reader's program would. */
const FOLDER = path.join(PACKAGE, '.readme')
const FILE = path.join(FOLDER, 'src/sample.ts')
const TYPECHECK_MS_MAX = 180_000

let empty: Awaited<ReturnType<typeof emptyDatabase>>
beforeAll(async () => {
  empty = await emptyDatabase({})
  await mkdir(path.join(FOLDER, 'src'), { recursive: true })
  await mkdir(path.join(FOLDER, 'migrations'), { recursive: true })
  await writeFile(path.join(FOLDER, 'migrations/0001-account.sql'), MIGRATION)
  await writeFile(FILE, await sampleOfReadme())
})
afterAll(async () => {
  await rm(FOLDER, { recursive: true, force: true })
  await empty.drop()
})

describe('the sample of the README', () => {
  it('compiles as it is written', { timeout: TYPECHECK_MS_MAX }, async () => {
    const config = { extends: '../tsconfig.json', files: ['src/sample.ts'], include: [] }
    await writeFile(path.join(FOLDER, 'tsconfig.json'), JSON.stringify(config))
    const tsc = path.join(PACKAGE, 'node_modules/typescript/bin/tsc')
    const { stdout } = await promisify(execFile)(process.execPath, [tsc, '--noEmit', '-p', FOLDER])
    expect(stdout).toBe('')
  })

  it('migrates, reads an account and takes a credit from it', async () => {
    const { sample } = await import(FILE)
    const given = { env: { DATABASE_URL: empty.url }, logger: silentLogger, id: 1 }
    expect(await sample(given)).toEqual({ credits: 10 })
    expect(await empty.database.query({ text: 'select credits from account' })).toEqual([
      { credits: 9 },
    ])
  })
})

const MIGRATION = `create table account (id bigint primary key, credits bigint not null);
insert into account (id, credits) values (1, 10);
`

/** The sample in a function whose parameters are what a reader has. */
async function sampleOfReadme(): Promise<string> {
  const text = await readFile(path.join(PACKAGE, 'README.md'), 'utf8')
  const [, block = ''] = /^```ts\n(.*?)^```/ms.exec(text) ?? []
  const lines = block.split('\n')
  const isImport = (line: string) => line.startsWith('import ')
  return [
    ...lines
      .filter(isImport)
      .map((line) => line.replace('@tollgate/database', '../../src/index.ts')),
    "import type { Logger } from '@tollgate/contract'",
    'type Given = { env: { DATABASE_URL: string }; logger: Logger; id: number }',
    'export async function sample({ env, logger, id }: Given) {',
    ...lines.filter((line) => !isImport(line)),
    'return account',
    '}',
  ].join('\n')
}
