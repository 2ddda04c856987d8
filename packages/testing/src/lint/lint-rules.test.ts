import path from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Finding, lintSource } from './lint-source.ts'

const API = 'packages/api/src/text'
const WEB = 'apps/web/src/features/text'
const FLOWGLAD = 'packages/flowglad/src'

// The linter takes half a second to start, so it runs once for all files planted below.
const files: Record<string, string> = {}
let findings: Finding[]
beforeAll(async () => {
  findings = await lintSource(files)
})

describe('our lint rules', () => {
  it.each([
    [
      'import',
      plant(
        API,
        `import { FlowgladServer } from '@flowglad/nextjs/server'\nnew FlowgladServer({})`,
      ),
    ],
    ['dynamic import', plant(API, `export const sdk = await import('@flowglad/server')`)],
    ['re-export', plant(API, `export { FlowgladServer } from '@flowglad/server'`)],
    [
      'type import',
      plant(
        API,
        `import type { FlowgladServer } from '@flowglad/server'\nexport type F = FlowgladServer`,
      ),
    ],
    ['require', plant(API, `export const sdk = require('@flowglad/server')`)],
    [
      're-export in packages/flowglad, too',
      plant(FLOWGLAD, `export { FlowgladServer } from '@flowglad/server'`),
    ],
  ])("refuse Flowglad's SDK by %s outside flowglad.server.ts", (_way, file) => {
    expect(messageOf(file, 'one-door-to-flowglad')).toContain('BillingBackend port')
  })

  const opened = plant(
    'apps/server/src',
    `export { FlowgladServer } from '@flowglad/server'`,
    'flowglad.server.ts',
  )
  it('allow the SDK in the file of the server that opens it', () => {
    expect(ourFindings(opened)).toEqual([])
  })

  it.each([
    [
      'createUsageEvent',
      plant(API, `export const charge = (billing) => billing.createUsageEvent({ amount: 1 })`),
    ],
    [
      'bulkCreateUsageEvents',
      plant(API, `export const charge = (billing) => billing.bulkCreateUsageEvents({ amount: 1 })`),
    ],
  ])('refuse a usage event by hand: %s', (_name, file) => {
    expect(messageOf(file, 'no-own-usage-event')).toContain(
      'billedProcedure({ meter, amount, example })',
    )
  })

  it.each([
    ['chance', plant(API, 'export const event = { transactionId: crypto.randomUUID() }')],
    [
      'chance',
      plant(API, 'const id = `req_${nanoid()}`\nexport const event = { transactionId: id }'),
    ],
    ['the time', plant(API, 'export const event = { transactionId: `evt_${Date.now()}` }')],
    ['the time', plant(API, 'export const transactionId = new Date().toString()')],
    [
      'what the client sent',
      plant(API, "export const event = { transactionId: `req_${headers.get('x-request-id')}` }"),
    ],
    ['chance', plant(API, 'export const id = transactionId(Math.random().toString())')],
  ])('refuse a transaction id made of %s', (reason, file) => {
    expect(messageOf(file, 'derived-transaction-id')).toContain(reason)
  })

  const derived = plant(
    API,
    'export const event = (operation) => ({ transactionId: derive(operation), x: operation.transactionId })',
  )
  it('allow a transaction id that is derived or handed on', () => {
    expect(ourFindings(derived)).toEqual([])
  })

  it.each([
    ['publicProcedure', plant(API, 'export const translate = publicProcedure.mutation(() => 1)')],
    [
      'protectedProcedure',
      plant(API, 'export const translate = protectedProcedure.input(schema).mutation(() => 1)'),
    ],
    ['t.procedure', plant(API, 'export const translate = t.procedure.use(log).mutation(() => 1)')],
  ])('refuse a mutation from %s without a price', (_root, file) => {
    expect(messageOf(file, 'every-mutation-has-a-price')).toContain(
      'billedProcedure({ meter, amount, example })',
    )
  })

  it.each([
    [
      'a mutation whose price comes first',
      plant(
        API,
        "export const translate = billedProcedure({ meter: 'ai_tokens', amount: 1, example: {} }).input(s).mutation(() => 1)",
      ),
    ],
    [
      'a mutation whose input comes first',
      plant(
        API,
        'export const translate = billedProcedure.input(s).price({ amount: 1 }).mutation(() => 1)',
      ),
    ],
    [
      'a free mutation',
      plant(API, "export const refresh = freeProcedure('only reads').input(s).mutation(() => 1)"),
    ],
    ['a query', plant(API, 'export const read = publicProcedure.query(() => 1)')],
  ])('allow %s', (_what, file) => {
    expect(ourFindings(file)).toEqual([])
  })

  it.each([
    ['import', plant(WEB, `import { appRouter } from '@tollgate/api'\nappRouter.toString()`)],
    ['empty import', plant(WEB, `import {} from '@tollgate/api'`)],
    ['dynamic import', plant(WEB, `export const api = await import('@tollgate/api')`)],
    ['re-export', plant(WEB, `export * from '@tollgate/metering'`)],
    ['path', plant(WEB, `export { appRouter } from '../../../../../packages/api/src/router.ts'`)],
  ])('refuse server values in a client by %s', (_way, file) => {
    expect(messageOf(file, 'types-only-from-server')).toContain('`import type`')
  })

  const typesOnly = plant(
    WEB,
    `import type { AppRouter } from '@tollgate/api'\nexport type Router = AppRouter`,
  )
  it('allow the types of the server in a client', () => {
    expect(ourFindings(typesOnly)).toEqual([])
  })

  it.each([
    [
      'examples',
      plant('apps/web/src', `export const page = await import('../examples/gallery.tsx')`),
    ],
    [
      'e2e',
      plant('apps/server/src', `export { startStudio } from '../../web/e2e/fixtures/studio.ts'`),
    ],
    ['faults', plant('apps/server/src', `import { crash } from '../faults/crash.ts'\ncrash()`)],
    ['fixtures', plant(API, `import { server } from '../fixtures/server.ts'\nserver()`)],
    [
      'conformance',
      plant(API, `import type { Case } from '../../conformance/case.ts'\nexport type C = Case`),
    ],
    ['a test', plant(API, `import { sample } from './summarize.test.ts'\nsample()`)],
  ])('refuse code of tests in a file that ships: %s', (_from, file) => {
    expect(messageOf(file, 'no-test-code')).toContain("into the package's src")
  })

  it.each([
    ['fixtures', plant(`${API}/fixtures`, `import { one } from '../../conformance/one.ts'\none()`)],
    ['tests', plant(API, `import { server } from '../fixtures/server.ts'\nserver()`, 'it.test.ts')],
    ['a module called like them', plant(API, `import { faults } from './faults.ts'\nfaults()`)],
  ])('allow %s to import what tests need', (_who, file) => {
    expect(ourFindings(file)).toEqual([])
  })

  it.each([
    ['amount', plant(API, 'export const price = { amount: (input) => input.cost }')],
    ['hold', plant(API, 'export const price = { amount: { hold: ({ credits }) => credits } }')],
    [
      'report',
      plant(
        API,
        'export const work = ({ input, operation }) => operation.report(input.options.price)',
      ),
    ],
  ])('refuse a price that the client sets through %s', (_field, file) => {
    expect(messageOf(file, 'price-from-server')).toContain('the client, who would set the price')
  })

  const bySize = plant(API, 'export const price = { amount: ({ text }) => credits(text.length) }')
  it('allow a price computed from the size of the input', () => {
    expect(ourFindings(bySize)).toEqual([])
  })
})

const worded = plant(
  'packages/planted/src',
  "/** Whoever asks is told. */\nexport const isTold = 'the way_out'\nexport const untold = 1",
)
it('refuses words that hide a term of the field, in comments, names and strings', () => {
  const words = ourFindings(worded).map(({ message }) => /^"(.*?)"/.exec(message)?.[1])
  expect(new Set(words)).toEqual(new Set(['told', 'way out', 'whoever']))
  expect(messageOf(worded, 'plain-words')).toContain('Write what is meant')
})

const ring = [
  plant(
    'packages/trpc/src',
    "import type { Two } from './two.ts'\nexport type One = Two | null",
    'one.ts',
  ),
  plant(
    'packages/trpc/src',
    "import { type One } from './one.ts'\nexport type Two = One | 1",
    'two.ts',
  ),
]
it('refuses files that import each other, even if only types cross', () => {
  const inRing = findings.filter(({ rule }) => rule.includes('no-cycle'))
  expect(inRing.map(({ file }) => file)).toEqual(expect.arrayContaining(ring))
})

/** Adds a file to be linted. */
function plant(
  folder: string,
  text: string,
  name = `planted-${Object.keys(files).length}.ts`,
): string {
  const file = path.posix.join(folder, name)
  files[file] = text
  return file
}

/** The message of one of our rules about a file, with its link to the guide. */
function messageOf(file: string, rule: string): string {
  const found = ourFindings(file).find((finding) => finding.rule === `tollgate(${rule})`)
  const message = found?.message ?? 'no finding'
  return message.includes(`Guide: errors#${rule}`) ? message : `without a pointer: ${message}`
}

function ourFindings(file: string): Finding[] {
  return findings.filter((finding) => finding.file === file && finding.rule.startsWith('tollgate('))
}
