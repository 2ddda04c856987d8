import { execFile } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { makeScratchWorkspace, type ScratchWorkspace } from '@tollgate/testing/scratch'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { extractSamples, type Sample } from './extract-samples.ts'
import { readPages, readReadmes } from './read-pages.ts'

const run = promisify(execFile)
const pages = [...readPages(), ...readReadmes()]
const samples = extractSamples(pages)
const planted: Sample = {
  page: 'none',
  path: 'packages/api/src/text/planted.ts',
  code: "import { billedProcedure } from '../billed-procedure.ts'\nbilledProcedure({ meter: 'ai_token', amount: 1, example: {} })\n",
  runs: false,
}
const rooms = [...new Set(samples.map(({ path: file }) => file.split('/').slice(0, 2).join('/')))]

/** Compiling is slow while other tests run in parallel. */
const BUSY_MS_MAX = 180_000

describe("the guide's samples", { timeout: BUSY_MS_MAX }, () => {
  let workspace: ScratchWorkspace

  beforeAll(async () => {
    workspace = await makeScratchWorkspace(rooms)
    for (const sample of [...samples, planted]) await write(workspace.directory, sample)
  })
  afterAll(() => workspace.remove())

  it('are all of the marked blocks', () => {
    const marked = pages.flatMap(({ text }) => [...text.matchAll(/^```tsx? check(?: run)?$/gm)])
    expect(samples).toHaveLength(marked.length)
    expect(samples.length).toBeGreaterThan(0)
  })

  it.each(rooms)('compile in %s', async (room) => {
    const own = samples.filter(({ path: file }) => file.startsWith(`${room}/`))
    const complaints = await typecheck(path.join(workspace.directory, room))
    const noticed = complaints.some((line) => isAbout(line, planted, room))
    expect(noticed).toBe(planted.path.startsWith(room))
    expect(complaints.filter((line) => own.some((sample) => isAbout(line, sample, room)))).toEqual(
      [],
    )
  })
})

async function write(directory: string, { path: file, code }: Sample): Promise<void> {
  const target = path.join(directory, file)
  await mkdir(path.dirname(target), { recursive: true })
  await writeFile(target, code)
}

async function typecheck(directory: string): Promise<string[]> {
  const tsc = path.join(directory, 'node_modules/typescript/bin/tsc')
  const { stdout } = await run(process.execPath, [tsc, '--noEmit', '--checkers', '1'], {
    cwd: directory,
  }).catch(outputOf)
  return stdout.split('\n')
}

// tsc exits with 2 on compile errors.
function outputOf(error: unknown): { stdout: string } {
  if (error instanceof Error && 'stdout' in error && typeof error.stdout === 'string') {
    return { stdout: error.stdout }
  }
  throw error
}

function isAbout(line: string, { path: file }: Sample, room: string): boolean {
  return line.startsWith(file.slice(room.length + 1))
}
