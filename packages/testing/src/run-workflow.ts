import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { readWorkflows } from './workflows/read-workflows.ts'

// `pnpm ci:local [job]`: the commands of a job of ci.yml one after the other, on this machine; with `--dry-run` only their list.
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
  const commands = job.steps.flatMap(({ run }) => run ?? [])
  for (const command of commands) {
    process.stdout.write(`$ ${command.trim()}\n`)
    if (values['dry-run']) continue
    // As GitHub runs a step: the first command that fails ends it.
    const { status } = spawnSync('bash', ['-eo', 'pipefail', '-c', command], {
      cwd: ROOT,
      stdio: 'inherit',
    })
    if (status !== 0) return status ?? 1
  }
  return 0
}
