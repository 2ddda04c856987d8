import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { billedProcedures, checksOf, openHarness } from '@tollgate/testing/conformance'
import { makeScratchWorkspace, type ScratchWorkspace } from '@tollgate/testing/scratch'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { extractSamples } from './extract-samples.ts'
import { readPages } from './read-pages.ts'

const samples = extractSamples(readPages()).filter(({ code }) => code.includes('billedProcedure'))
/** Enough for every check of the conformance kit while other tests run in parallel. */
const BUSY_MS_MAX = 180_000

describe("the guide's billed procedures", { timeout: BUSY_MS_MAX }, () => {
  let workspace: ScratchWorkspace
  let harness: Awaited<ReturnType<typeof openHarness>>
  const billed = new Map<string, ReturnType<typeof billedProcedures>[number]>()

  beforeAll(async () => {
    workspace = await makeScratchWorkspace(['packages/api'])
    const at = (file: string) => path.join(workspace.directory, file)
    const procedures: Record<string, unknown> = {}
    for (const sample of samples) {
      await mkdir(path.dirname(at(sample.path)), { recursive: true })
      await writeFile(at(sample.path), sample.code)
      Object.assign(procedures, await import(at(sample.path)))
    }
    const { router } = await import(at('packages/api/src/trpc.ts'))
    const { conformanceHarness } = await import(
      at('packages/api/src/fixtures/conformance-harness.ts')
    )
    const guide = router({ guide: router(procedures) })
    for (const procedure of billedProcedures(guide)) billed.set(procedure.path, procedure)
    harness = await openHarness(conformanceHarness(guide))
  }, BUSY_MS_MAX)
  afterAll(async () => {
    await harness?.close()
    await workspace?.remove()
  })

  it.each(samples.map(({ path: file, page, code }) => [nameOf(code), page, file]))(
    '%s of %s keeps every promise',
    async (name) => {
      const procedure = billed.get(`guide.${name}`)
      if (!procedure) throw new Error(`${name} is not billed`)
      for (const check of Object.values(checksOf(procedure))) {
        procedure.work.reset()
        await check(harness, procedure)
      }
      expect.hasAssertions()
    },
  )
})

function nameOf(code: string): string {
  return /^export const (\w+)/m.exec(code)?.[1] ?? ''
}
