import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildServer } from '../build/build-server.ts'

/** What the crash hooks consist of: the variable that arms them, and one label of many. */
const TRACES = ['CRASH_AT', 'CP07-after-work', 'SIGKILL', '__FAULTS__']

/** Two seconds on a machine of its own. */
const BUILD_MS_MAX = 120_000

describe('the production build', () => {
  let folder = ''
  const build = async (faults: boolean) => {
    const outfile = path.join(folder, `${faults}.js`)
    await buildServer({ outfile, faults })
    return readFile(outfile, 'utf8')
  }

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'tollgate-build-'))
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  it(
    'has no trace of the hooks with which tests kill a server',
    { timeout: BUILD_MS_MAX },
    async () => {
      const [production, faulty] = await Promise.all([build(false), build(true)])
      expect(TRACES.filter((trace) => production.includes(trace))).toEqual([])
      // The same search finds them where they are meant to be, so it would find them here.
      expect(TRACES.slice(0, 2).filter((trace) => faulty.includes(trace))).toEqual(
        TRACES.slice(0, 2),
      )
    },
  )
})
