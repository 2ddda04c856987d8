import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { readWorkflows } from './workflows/read-workflows.ts'
import { runJob } from './workflows/run-job.ts'

// `pnpm ci:local [job]`: runs the commands of a job of ci.yml in order, on this machine; `--dry-run` only lists them.
const ROOT = fileURLToPath(new URL('../../../', import.meta.url))

const { values, positionals } = parseArgs({
  options: { 'dry-run': { type: 'boolean', default: false } },
  allowPositionals: true,
})
process.exitCode = main(positionals[0] ?? 'test')

function main(name: string): number {
  const jobs = readWorkflows().find(({ file }) => file === 'ci.yml')?.jobs ?? {}
  const job = jobs[name]
  if (!job) throw new Error(`ci.yml has no job ${name}; it has ${Object.keys(jobs).join(', ')}.`)
  const { status } = runJob(job, {
    cwd: ROOT,
    dryRun: values['dry-run'],
    print: (line) => process.stdout.write(`${line}\n`),
  })
  return status
}
