import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { z } from 'zod'

const FOLDER = fileURLToPath(new URL('../../../../.github/workflows/', import.meta.url))

const permissions = z.record(z.string(), z.enum(['read', 'write', 'none']))
const step = z.object({
  name: z.string().optional(),
  if: z.string().optional(),
  uses: z.string().optional(),
  run: z.string().optional(),
  with: z.record(z.string(), z.union([z.string(), z.boolean(), z.number()])).default({}),
  env: z.record(z.string(), z.string()).default({}),
})
const job = z.object({
  uses: z.string().optional(),
  permissions: permissions.optional(),
  'timeout-minutes': z.number().optional(),
  env: z.record(z.string(), z.string()).default({}),
  strategy: z.object({ matrix: z.record(z.string(), z.array(z.unknown())) }).optional(),
  steps: z.array(step).default([]),
})
const workflow = z.object({
  on: z.record(z.string(), z.unknown()),
  permissions,
  concurrency: z.object({ group: z.string() }),
  jobs: z.record(z.string(), job),
})

/** One step of a job: an action, or commands. */
export type Step = z.infer<typeof step>

/** The steps that one machine runs in order. */
export type Job = z.infer<typeof job>

/** A workflow of GitHub Actions, and its source, which includes comments. */
export type Workflow = z.infer<typeof workflow> & { file: string; text: string }

/** Every workflow of the repository; throws if one does not have the structure that GitHub expects. */
export function readWorkflows(): Workflow[] {
  return readdirSync(FOLDER).map((file) => {
    const text = readFileSync(path.join(FOLDER, file), 'utf8')
    return { ...workflow.parse(parse(text)), file, text }
  })
}

/** The steps of every job of a workflow. */
export function stepsOf({ jobs }: Workflow): Step[] {
  return Object.values(jobs).flatMap(({ steps }) => steps)
}
