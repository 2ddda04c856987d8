import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  createMeteringFixture,
  type MeteringFixture,
  newCustomer,
} from './fixtures/metering-fixture.ts'

const PACKAGE = path.join(import.meta.dirname, '..')
/** Inside the package, so that the sample resolves packages as a reader's program would. */
const FOLDER = path.join(PACKAGE, '.readme')
const TYPECHECK_MS_MAX = 120_000

let fixture: MeteringFixture
let file: string
beforeAll(async () => {
  fixture = await createMeteringFixture()
  await mkdir(FOLDER, { recursive: true })
  file = path.join(FOLDER, 'sample.ts')
  await writeFile(file, await sampleOfReadme())
})
afterAll(async () => {
  await rm(FOLDER, { recursive: true, force: true })
  await fixture.drop()
})

describe('the sample of the README', () => {
  it('compiles as it is written', { timeout: TYPECHECK_MS_MAX }, async () => {
    const config = { extends: '../tsconfig.json', files: ['sample.ts'], include: [] }
    await writeFile(path.join(FOLDER, 'tsconfig.json'), JSON.stringify(config))
    const tsc = path.join(PACKAGE, 'node_modules/typescript/bin/tsc')
    const { stdout } = await promisify(execFile)(process.execPath, [tsc, '--noEmit', '-p', FOLDER])
    expect(stdout).toBe('')
  })

  it('sells a picture and a stream, each once', async () => {
    const customer = newCustomer()
    const { sample } = await import(file)
    const printed: unknown[] = []
    const { stop } = await sample({
      database: fixture.url,
      backend: fixture.backend,
      secret: 'a secret of at least thirty-two characters',
      customer,
      key: randomUUID(),
      nextKey: randomUUID(),
      text: 'A toll is paid once.',
      draw: async (prompt: string) => `a picture of ${prompt}`,
      model: {
        async *summarize() {
          yield { text: 'paid ', tokensSoFar: 3 }
          yield { text: 'once', tokensSoFar: 5 }
        },
      },
      console: { log: (...values: unknown[]) => printed.push(...values) },
    })
    expect(printed).toMatchObject([
      'a picture of a fox',
      [{ meter: 'image_generations', remaining: 9 }],
      'paid ',
      'once',
      { type: 'receipt', receipt: { charges: [{ meter: 'ai_tokens', amount: 5 }] } },
    ])
    await stop()
  })
})

/** All samples in one function, whose parameters are what a reader has. */
async function sampleOfReadme(): Promise<string> {
  const text = await readFile(path.join(PACKAGE, 'README.md'), 'utf8')
  const blocks = [...text.matchAll(/^```ts\n(.*?)^```/gms)].map(([, block = '']) => block)
  const lines = blocks.flatMap((block) => block.split('\n'))
  const isImport = (line: string) => line.startsWith('import ')
  return [
    ...lines.filter(isImport),
    "import type { BillingBackend, BillingCustomer } from '@tollgate/contract'",
    'type Given = {',
    '  database: string; backend: BillingBackend; secret: string; customer: BillingCustomer',
    '  key: string; nextKey: string; text: string',
    '  draw: (prompt: string, options?: { signal: AbortSignal }) => Promise<string>',
    '  model: { summarize(text: string, options: { signal: AbortSignal }): AsyncIterable<{ text: string; tokensSoFar: number }> }',
    '  console: { log(...printed: unknown[]): void }',
    '}',
    'export async function sample({ database, backend, secret, customer, key, nextKey, text, draw, model, console }: Given) {',
    ...lines.filter((line) => !isImport(line)),
    '  return { stop: () => metering.stop() }',
    '}',
  ]
    .map((line) => line.replace("'@tollgate/metering'", "'../src/index.ts'"))
    .join('\n')
}
