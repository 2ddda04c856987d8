import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { PRICING_PATH } from '@tollgate/contract/product-pricing'
import { createTestDatabase } from '@tollgate/testing/database'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MIGRATIONS } from './migrations.ts'

const PACKAGE = path.join(import.meta.dirname, '..')
/** Inside the package, so that the sample resolves the same packages as a reader's program. */
const FOLDER = path.join(PACKAGE, '.readme')
const TYPECHECK_MS_MAX = 180_000

let testDatabase: Awaited<ReturnType<typeof createTestDatabase>>
let directory: string
beforeAll(async () => {
  testDatabase = await createTestDatabase({ template: 'ledger', migrations: MIGRATIONS })
  directory = await mkdtemp(path.join(tmpdir(), 'tollgate-readme-'))
  await mkdir(FOLDER, { recursive: true })
  await writeFile(path.join(FOLDER, 'sample.ts'), await sampleOfReadme())
})
afterAll(async () => {
  await rm(FOLDER, { recursive: true, force: true })
  await rm(directory, { recursive: true, force: true })
  await testDatabase.drop()
})

describe('the sample of the README', () => {
  it('compiles as it is written', { timeout: TYPECHECK_MS_MAX }, async () => {
    const config = { extends: '../tsconfig.json', files: ['sample.ts'], include: [] }
    await writeFile(path.join(FOLDER, 'tsconfig.json'), JSON.stringify(config))
    const tsc = path.join(PACKAGE, 'node_modules/typescript/bin/tsc')
    const { stdout } = await promisify(execFile)(process.execPath, [tsc, '--noEmit', '-p', FOLDER])
    expect(stdout).toBe('')
  })

  it('starts a backend that answers to the key it names', async () => {
    const { sample } = await import(path.join(FOLDER, 'sample.ts'))
    const answers = await sample({ databaseUrl: testDatabase.url }, async (billing: Billing) => {
      const read = (authorization: string) =>
        fetch(`${billing.url}/api/v1/pricing-models/default`, { headers: { authorization } })
      return [(await read(billing.apiKey)).status, (await read('another key')).status]
    })
    expect(answers).toEqual([200, 401])
  })
})

type Billing = { url: string; apiKey: string }

/** The sample in a function; the test replaces its port and files. */
async function sampleOfReadme(): Promise<string> {
  const text = await readFile(path.join(PACKAGE, 'README.md'), 'utf8')
  const [, block = ''] = /^```ts\n(.*?)^```/ms.exec(text) ?? []
  const [start = '', end = ''] = block
    .replace("'@tollgate/ledger/http'", "'../src/http.ts'")
    .replace('port: 3100', 'port: 0')
    .replace("'pricing.yaml'", JSON.stringify(PRICING_PATH))
    .replace("'.data/billing-api-key'", JSON.stringify(path.join(directory, 'billing-api-key')))
    .split('await billing.close()')
  const [imports = '', body = ''] = start.split('\n\n')
  return `${imports}
type Use = (billing: { url: string; apiKey: string }) => Promise<unknown>
export async function sample({ databaseUrl }: { databaseUrl: string }, use: Use) {
${body}
  const used = await use(billing)
  await billing.close()
${end}
  return used
}
`
}
