import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'

/**
 * Adds procedures that do almost nothing to the product of a checked-out revision, lifts the limits that would refuse a load generator, and
 * grants every customer two billion calls. Returns what it could not change, or null.
 */
export async function addNoOps(directory: string): Promise<string | null> {
  for (const { file, from, to } of EDITS) {
    const place = path.join(directory, file)
    const before = await readFile(place, 'utf8').catch(() => null)
    const after = before?.replace(from, to)
    if (after === undefined || after === before) return `${file} is not as expected`
    await writeFile(place, after)
  }
  await writeFile(path.join(directory, 'packages/api/src/no-ops.ts'), NO_OPS)
  return null
}

const EDITS = [
  {
    file: 'packages/api/src/router.ts',
    from: /appRouter = router\(\{\n/,
    to: (found: string) => `${found}  noOps,\n`,
  },
  {
    file: 'packages/api/src/router.ts',
    from: /^/,
    to: () => `import { noOps } from './no-ops.ts'\n`,
  },
  {
    file: 'packages/contract/pricing.yaml',
    from: /slug: free_calls\b[^]*?\bamount: \d+/,
    to: (found: string) => found.replace(/\d+$/, '2000000000'),
  },
  {
    file: 'apps/server/src/create-rate-limit.ts',
    from: /FREE_CALLS_PER_MINUTE = \d+/,
    to: () => 'FREE_CALLS_PER_MINUTE = 1_000_000_000',
  },
] as const

const NO_OPS = `import { z } from 'zod'
import { billedProcedure } from './billed-procedure.ts'
import { freeProcedure, publicProcedure } from './trpc.ts'

const input = z.object({ text: z.string().max(500) })
const work = ({ input }: { input: { text: string } }) => ({ length: input.text.length })
const example = { text: 'hello' }

export const noOps = {
  open: publicProcedure.input(input).mutation(work),
  signedIn: freeProcedure('it is measured').input(input).mutation(work),
  billed: billedProcedure({ meter: 'api_calls', amount: 1, example }).input(input).mutation(work),
  scarce: billedProcedure({ meter: 'image_generations', amount: 1, example }).input(input).mutation(work),
}
`
