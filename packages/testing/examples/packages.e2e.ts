import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PROVEN_RANGES } from '../src/dependencies/proven-ranges.ts'
import { checkWithTools } from '../src/release/check-with-tools.ts'
import { findProblems } from '../src/release/find-problems.ts'
import { runProgram } from '../src/release/run-program.ts'
import { catalogVersion, makeAppProject } from './make-app-project.ts'
import { type AppCustomer, dataOf, GRANTED, recordedUsage, signIn } from './sold-app.ts'
import { sizeOf } from './size-of.ts'
import { type Outside, startOutside } from './start-outside.ts'
import { writtenLines } from './written-lines.ts'

const APPS = ['hono', 'express', 'fetch'] as const
/** Both ends of the supported range; the workspace's own version is between them. */
const OTHER_TRPC_VERSIONS = PROVEN_RANGES.filter(({ name }) => name === '@trpc/server').flatMap(
  ({ lowest, newest }) => [lowest, newest],
)
const LINES_MAX = 20
const INSTALLED_BYTES_MAX = 120_000_000
const CALLS_AT_ONCE = 100
/** Usage is delivered in the background. */
const DELIVERED = { timeout: 120_000, interval: 100 }

const OURS = ['contract', 'flowglad', 'metering', 'trpc'].map((name) => `@tollgate/${name}`)
/** Other dependencies of an outside app, at the workspace's versions. */
const SHARED = ['@flowglad/server', '@hono/node-server', '@types/node', 'hono', 'typescript', 'zod']
const OWN = {
  '@hono/trpc-server': '0.4.2',
  '@types/express': '4.17.25',
  express: '4.22.3',
}

let outside: Outside
beforeAll(async () => {
  outside = await startOutside()
})
afterAll(() => outside?.stop())

describe('the tarballs', () => {
  it('hold modules, declarations and the sources that maps lead to, and nothing that only tests or the workspace need', async () => {
    const problems = await Promise.all(outside.tarballs.map(findProblems))
    expect(problems.flat()).toEqual([])
  })

  it('are accepted by publint and by are-the-types-wrong', async () => {
    const problems = []
    for (const tarball of outside.tarballs) problems.push(...(await checkWithTools(tarball)))
    expect(problems).toEqual([])
  })
})

describe('an app outside the workspace', () => {
  let directory: string
  beforeAll(async () => {
    directory = await makeApp(await catalogVersion('@trpc/server'))
  })

  it('compiles with every declaration checked', async () => {
    expect(await compile(directory)).toBe('')
  })

  it('installs no more than 120 MB, without an embedded PostgreSQL', async () => {
    const bytes = await sizeOf(path.join(directory, 'node_modules'))
    process.stdout.write(`node_modules of the three apps: ${(bytes / 1e6).toFixed(0)} MB\n`)
    expect(bytes).toBeLessThanOrEqual(INSTALLED_BYTES_MAX)
  })

  describe.each(APPS)('with %s', (app) => {
    let started: Awaited<ReturnType<Outside['startApp']>>
    beforeAll(async () => {
      started = await outside.startApp(directory, `out/${app}.js`)
    })
    afterAll(() => started?.stop())

    it('is twenty written lines away from its first billed call', async () => {
      const [before, after] = await Promise.all(
        [`${app}.before.ts`, `${app}.ts`].map((file) =>
          readFile(path.join(directory, file), 'utf8'),
        ),
      )
      const lines = writtenLines(before ?? '', after ?? '')
      process.stdout.write(`${app}: ${lines.length} lines to the first billed call\n`)
      expect(lines.length).toBeLessThanOrEqual(LINES_MAX)
    })

    it('charges a call once and answers its repetition with the stored result', async () => {
      const customer = await signIn(started.url)
      const key = randomUUID()
      const first = await customer.draw(key)
      expect([first.status, first.headers.get('idempotency-replayed')]).toEqual([200, null])
      const again = await customer.draw(key)
      expect([again.status, again.headers.get('idempotency-replayed')]).toEqual([200, 'true'])
      expect(await dataOf(again)).toEqual(await dataOf(first))
      expect(await customer.remaining()).toBe(GRANTED - 1)
      await expect.poll(() => recordedUsage(outside.backend, customer.id), DELIVERED).toBe(1)
    })

    it('serves exactly ten of a hundred calls at once on a balance of ten, and refuses the rest with 402', async () => {
      const customer = await signIn(started.url)
      expect(await statusesOf(customer, CALLS_AT_ONCE)).toEqual({
        200: GRANTED,
        402: CALLS_AT_ONCE - GRANTED,
      })
      expect(await customer.remaining()).toBe(0)
      await expect.poll(() => recordedUsage(outside.backend, customer.id), DELIVERED).toBe(GRANTED)
      const refused = await customer.draw()
      expect(refused.status).toBe(402)
      expect(await refused.json()).toMatchObject({
        error: {
          data: {
            billing: {
              kind: 'insufficient_credits',
              meter: 'renders',
              required: 1,
              availableBalance: 0,
              charged: false,
            },
          },
        },
      })
    })
  })
})

describe.each(OTHER_TRPC_VERSIONS)('an app outside the workspace with tRPC %s', (version) => {
  it('compiles, sells, repeats and refuses', async () => {
    const directory = await makeApp(version)
    expect(await compile(directory)).toBe('')
    const app = await outside.startApp(directory, 'out/hono.js')
    try {
      const customer = await signIn(app.url)
      const key = randomUUID()
      const first = await dataOf(await customer.draw(key))
      expect(await dataOf(await customer.draw(key))).toEqual(first)
      expect(await statusesOf(customer, GRANTED)).toEqual({ 200: GRANTED - 1, 402: 1 })
    } finally {
      await app.stop()
    }
  })
})

async function makeApp(trpc: string): Promise<string> {
  const directory = path.join(outside.folder, `app-${trpc}`)
  const shared = SHARED.map(async (name) => [name, await catalogVersion(name)] as const)
  await makeAppProject({
    directory,
    tarballs: outside.tarballs,
    ours: OURS,
    others: { ...Object.fromEntries(await Promise.all(shared)), ...OWN, '@trpc/server': trpc },
  })
  return directory
}

/** The output of the compiler; throws when it reports an error. */
function compile(directory: string): Promise<string> {
  const tsc = path.join(directory, 'node_modules/typescript/bin/tsc')
  return runProgram(process.execPath, [tsc, '--project', '.'], { cwd: directory })
}

/** Makes concurrent calls, each with its own key, and counts them by status. */
async function statusesOf(customer: AppCustomer, calls: number): Promise<Record<number, number>> {
  const answers = await Promise.all(Array.from({ length: calls }, () => customer.draw()))
  const counts: Record<number, number> = {}
  for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1
  return counts
}
