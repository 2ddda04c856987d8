import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { programDatabases } from '@tollgate/testing/database'
import { type RunningTollgate, startTollgate } from '@tollgate/testing/tollgate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { extractSamples } from './extract-samples.ts'
import { readPages } from './read-pages.ts'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
/** Servers and programs start slowly while other tests run in parallel. */
const BUSY_MS_MAX = 240_000

const programs = extractSamples(readPages()).filter(({ runs }) => runs)

describe("the documentation's programs", { timeout: BUSY_MS_MAX }, () => {
  let directory: string
  let tollgate: RunningTollgate

  beforeAll(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'tollgate-samples-'))
    await writeFile(path.join(directory, 'package.json'), '{ "type": "module" }')
    tollgate = await startTollgate({
      dataDirectory: path.join(directory, 'data'),
      environment: await programDatabases(),
    })
  }, BUSY_MS_MAX)
  afterAll(async () => {
    await tollgate?.stop()
    await rm(directory, { recursive: true, force: true })
  })

  it.each(programs)('$path of $page runs to its end', async ({ path: name, code }) => {
    const file = path.join(directory, path.basename(name))
    await writeFile(file, code)
    const env = { ...process.env, TOLLGATE_URL: tollgate.url }
    const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', file], {
      cwd: ROOT,
      env,
    })
    // Programs print the status of every call they make.
    const statuses = [...stdout.matchAll(/^(\d{3}) /gm)].map(([, status]) => status)
    expect(statuses.length).toBeGreaterThan(0)
    expect(new Set(statuses), stdout).toEqual(new Set(['200']))
  })
})
