import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { buildPrograms } from '@tollgate/testing/programs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildProgram } from '../build/build-program.ts'

/** What a production build must not contain but a build with faults does, by program. */
const TRACES = {
  server: [
    // The variable that arms the crash hooks, and one of their labels.
    'CRASH_AT',
    'CP07-after-work',
    'kill(process.pid',
  ],
  // The switches that make the billing backend fail and move its clock in development.
  billing: ['/dev/faults', '/dev/clock/advance', 'down (injected fault)', 'console/controls'],
}
/** In no build at all; the dev panel is a separate app, which the server never loads. */
const NEVER = ['__FAULTS__', 'Dev panel']

/** Takes two seconds on an idle machine. */
const BUILD_MS_MAX = 120_000

describe('the production build', () => {
  let folder = ''
  const build = async (program: keyof typeof TRACES) => {
    const outfile = path.join(folder, `${program}.js`)
    await buildProgram({ program, outfile, faults: false })
    return readFile(outfile, 'utf8')
  }

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'tollgate-build-'))
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  it.each(['server', 'billing'] as const)(
    'of apps/%s has no trace of what exists to make it fail',
    { timeout: BUILD_MS_MAX },
    async (program) => {
      const production = await build(program)
      const faulty = await readFile((await buildPrograms())[program], 'utf8')
      const traces = TRACES[program]
      expect([...traces, ...NEVER].filter((trace) => production.includes(trace))).toEqual([])
      // Positive control: the same search finds them in a build with faults.
      expect(traces.filter((trace) => faulty.includes(trace))).toEqual(traces)
    },
  )
})
