import { execFile } from 'node:child_process'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { defineCatalog } from '@tollgate/contract'
import { createMetering } from '@tollgate/metering'
import { METERING_MIGRATIONS } from '@tollgate/metering/postgres'
import { billedProcedures, checksOf, openHarness } from '@tollgate/testing/conformance'
import type { AnyTRPCRouter } from '@trpc/server'
import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const PACKAGE = path.join(import.meta.dirname, '..')
const README = path.join(PACKAGE, '../../README.md')
/** Inside the package, so that the sample resolves packages as a reader's program would. */
const FOLDER = path.join(PACKAGE, '.readme')
/** Enough for the compiler and every check of the conformance kit while other tests are running. */
const BUSY_MS_MAX = 240_000

const catalog = defineCatalog({
  meters: { ai_tokens: { name: 'AI tokens', unit: 'AI token', units: 'AI tokens' } },
})

beforeAll(async () => {
  await mkdir(FOLDER, { recursive: true })
  await writeFile(path.join(FOLDER, 'sample.ts'), moduleOf(await firstSample()))
})
afterAll(() => rm(FOLDER, { recursive: true, force: true }))

describe("the README's first sample", { timeout: BUSY_MS_MAX }, () => {
  it('has six lines and compiles', async () => {
    expect((await firstSample()).trimEnd().split('\n').length).toBeLessThanOrEqual(6)
    const config = { extends: '../tsconfig.json', files: ['sample.ts'], include: [] }
    await writeFile(path.join(FOLDER, 'tsconfig.json'), JSON.stringify(config))
    const tsc = path.join(PACKAGE, 'node_modules/typescript/bin/tsc')
    const { stdout } = await promisify(execFile)(process.execPath, [tsc, '--noEmit', '-p', FOLDER])
    expect(stdout).toBe('')
  })

  it('keeps every promise of a billed procedure', async () => {
    const { sample } = await import(path.join(FOLDER, 'sample.ts'))
    let router: AnyTRPCRouter | undefined
    const harness = await openHarness({
      catalog,
      migrations: METERING_MIGRATIONS,
      compose({ database, backend, onError }) {
        const metering = createMetering({
          database,
          backend,
          catalog,
          secret: 'a secret of at least thirty-two characters',
        })
        const made = sample(metering)
        router = made.router
        return {
          metering,
          handle: (request, customer) =>
            fetchRequestHandler(
              made.billing.http({
                endpoint: '/trpc',
                router: made.router,
                req: request,
                createContext: () => ({
                  user: customer && { id: customer.customerId, email: customer.email },
                }),
                onError,
              }),
            ),
        }
      },
    })
    const procedures = router ? billedProcedures(router) : []
    expect(procedures.map(({ path: name }) => name)).toEqual(['translate'])
    for (const procedure of procedures) {
      for (const check of Object.values(checksOf(procedure))) {
        procedure.work.reset()
        await check(harness, procedure)
      }
    }
    await harness.close()
  })
})

async function firstSample(): Promise<string> {
  const [, block] = /^```ts\n(.*?)^```/ms.exec(await readFile(README, 'utf8')) ?? []
  if (block === undefined) throw new Error('The README no longer begins with a sample.')
  return block
}

/** The sample in a function whose parameters are what a reader has. */
function moduleOf(block: string): string {
  return `import { defineCatalog } from '@tollgate/contract'
import type { Metering } from '@tollgate/metering'
import { initTRPC } from '@trpc/server'
import { z } from 'zod'
import { billingErrors, createBilling } from '../src/index.ts'

type Context = { user: { id: string; email: string } | null }
const translator = {
  translate: async (text: string, { signal }: { signal: AbortSignal }) => {
    signal.throwIfAborted()
    return text.toUpperCase()
  },
}

export function sample(metering: Metering) {
  const t = initTRPC.context<Context>().create({ errorFormatter: billingErrors })
  const catalog = defineCatalog({
    meters: { ai_tokens: { name: 'AI tokens', unit: 'AI token', units: 'AI tokens' } },
  })
${block.replaceAll('export const', 'const')}
  return { billing, router: t.router({ billing: billing.router, translate }) }
}
`
}
