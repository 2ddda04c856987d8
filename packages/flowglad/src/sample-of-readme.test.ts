import { execFile } from 'node:child_process'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { customerId } from '@tollgate/contract'
import { catalog } from '@tollgate/contract/catalog'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { startFlowgladStandIn } from './fixtures/flowglad-stand-in.ts'

const PACKAGE = path.join(import.meta.dirname, '..')
/** Inside the package, so that the sample resolves the same packages as a reader's program. */
const FOLDER = path.join(PACKAGE, '.readme')
const FILE = path.join(FOLDER, 'sample.ts')
const TYPECHECK_MS_MAX = 120_000

beforeAll(async () => {
  await mkdir(FOLDER, { recursive: true })
  await writeFile(FILE, await sampleOfReadme())
})
afterEach(() => vi.unstubAllEnvs())
afterAll(() => rm(FOLDER, { recursive: true, force: true }))

describe('the sample of the README', () => {
  it('compiles as it is written', { timeout: TYPECHECK_MS_MAX }, async () => {
    const config = { extends: '../tsconfig.json', files: ['sample.ts'], include: [] }
    await writeFile(path.join(FOLDER, 'tsconfig.json'), JSON.stringify(config))
    const tsc = path.join(PACKAGE, 'node_modules/typescript/bin/tsc')
    const { stdout } = await promisify(execFile)(process.execPath, [tsc, '--noEmit', '-p', FOLDER])
    expect(stdout).toBe('')
  })

  it('reads a customer with the key of the environment', async () => {
    await using flowglad = await startFlowgladStandIn()
    vi.stubEnv('FLOWGLAD_SECRET_KEY', 'sk_of_the_environment')
    vi.stubEnv('FLOWGLAD_BASE_URL', flowglad.url)
    const { sample } = await import(FILE)
    const ada = { customerId: customerId('user_ada'), name: 'Ada', email: 'ada@example.com' }
    expect(await sample(catalog).readCustomer(ada)).toMatchObject({
      subscription: { planSlug: 'free' },
    })
    expect(flowglad.requests[0]?.authorization).toBe('sk_of_the_environment')
  })
})

/** The sample in a function whose parameters are what a reader has. */
async function sampleOfReadme(): Promise<string> {
  const text = await readFile(path.join(PACKAGE, 'README.md'), 'utf8')
  const [, block = ''] = /^```ts\n(.*?)^```/ms.exec(text) ?? []
  const lines = block.split('\n')
  const isImport = (line: string) => line.startsWith('import ')
  return [
    ...lines.filter(isImport).map((line) => line.replace('@tollgate/flowglad', '../src/index.ts')),
    "import type { Catalog } from '@tollgate/contract'",
    'export function sample(catalog: Catalog) {',
    ...lines.filter((line) => !isImport(line)),
    'return backend',
    '}',
  ].join('\n')
}
