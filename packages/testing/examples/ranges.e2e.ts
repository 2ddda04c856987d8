import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PROVEN_RANGES } from '../src/dependencies/proven-ranges.ts'
import { peerRanges } from '../src/release/peer-ranges.ts'
import { runProgram } from '../src/release/run-program.ts'
import { endsOfRange } from './ends-of-ranges.ts'
import { catalogVersion, makeAppProject } from './make-app-project.ts'
import { GRANTED, signIn } from './sold-app.ts'
import { type Outside, startOutside } from './start-outside.ts'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
const OURS = ['client', 'contract', 'flowglad', 'ledger', 'metering', 'trpc']
/** Dependencies without a supported range, at the workspace's versions. */
const SHARED = ['@flowglad/server', '@hono/node-server', '@types/node', 'hono', 'typescript']
const OWN = { '@hono/trpc-server': '0.4.2', '@types/express': '4.17.25', express: '4.22.3' }
/** Packages that are versioned together with React. */
const BESIDE_REACT = ['react-dom', '@types/react', '@types/react-dom']

const found = await Promise.all(
  (await peerRanges(ROOT)).map(async ({ name, range }) => ({
    name,
    range,
    ...(await endsOfRange(name, range)),
  })),
)
const reactRange = found.find(({ name }) => name === 'react')?.range ?? ''

let outside: Outside
beforeAll(async () => {
  outside = await startOutside()
})
afterAll(() => outside?.stop())

describe.each(['lowest', 'newest'] as const)(
  'an app with the %s release of everything that our packages leave to it',
  (end) => {
    let directory: string
    beforeAll(async () => {
      directory = path.join(outside.folder, end)
      const beside = BESIDE_REACT.map(
        async (name) => [name, (await endsOfRange(name, reactRange))[end]] as const,
      )
      const shared = SHARED.map(async (name) => [name, await catalogVersion(name)] as const)
      await makeAppProject({
        directory,
        tarballs: outside.tarballs,
        ours: OURS.map((name) => `@tollgate/${name}`),
        others: {
          ...Object.fromEntries(await Promise.all([...beside, ...shared])),
          ...OWN,
          ...Object.fromEntries(found.map((one) => [one.name, one[end]])),
        },
        sources: path.join(import.meta.dirname, 'entries'),
      })
    })

    it('compiles, and so do our declarations', async () => {
      expect(await errorsOf(directory)).toEqual([])
    })

    it('sells, and uses every entry of every package', async () => {
      const app = await outside.startApp(directory, 'out/hono.js')
      try {
        const { token, remaining } = await signIn(app.url)
        const printed = await runProgram('node', ['out/entries.js', app.url, token], {
          cwd: directory,
        })
        expect(JSON.parse(printed)).toEqual({
          client: { isSame: true, used: [1] },
          react: expect.stringContaining('<button>idle'),
          pricing: 1,
          schema: false,
          credits: 7,
          stripe: {
            url: 'https://pay.example',
            reference: 'cs_1',
            asked: ['POST /v1/checkout/sessions', 'GET /v1/checkout/sessions/cs_1'],
          },
        })
        expect(await remaining()).toBe(GRANTED - 1)
      } finally {
        await app.stop()
      }
    })
  },
)

it('has run what is recorded as proven', () => {
  expect(PROVEN_RANGES).toEqual(found)
})

/** The compiler's errors, except those in other packages' declarations, such as types that tRPC's client refers to but does not ship. */
async function errorsOf(directory: string): Promise<string[]> {
  const tsc = path.join(directory, 'node_modules/typescript/bin/tsc')
  const printed = await runProgram(process.execPath, [tsc, '--project', '.'], {
    cwd: directory,
  }).catch((error: unknown) => String(error))
  const errors = printed.split('\n').filter((line) => line.includes('error TS'))
  return errors.filter((line) => !/^node_modules\/\.pnpm\/(?!@tollgate\+)/.test(line))
}
