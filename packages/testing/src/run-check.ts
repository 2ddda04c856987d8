import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { changedFiles } from './check/changed-files.ts'
import { git, namesIn } from './check/git.ts'
import { planChecks } from './check/plan-checks.ts'
import { type Outcome, runSideBySide } from './check/run-side-by-side.ts'

// `pnpm check [commit]`: checks what the current change could have broken. `npm test` checks everything.
const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
const TEST = /^(?:packages|apps)\/[^/]+\/(?:src|conformance|e2e|faults)\/.*\.test\.tsx?$/
const manifest = z.object({ scripts: z.record(z.string(), z.string()) })

const began = performance.now()
const { scripts } = manifest.parse(
  JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')),
)
const { base, files } = await changedFiles(ROOT, process.argv[2])
const known = await git(ROOT, 'ls-files', '--cached', '--others', '--exclude-standard', '-z')
const tests = namesIn(known).filter((file) => TEST.test(file))
const checks = planChecks({ base, files, tests })
process.stdout.write(`\n  Checking ${files.length} files changed since ${base.slice(0, 12)}.\n\n`)

const outcomes = await runSideBySide(
  checks.map(({ script, args }) => ({ name: script, command: scripts[script] ?? script, args })),
  { cwd: ROOT, lanes: availableParallelism(), onEnd: printOutcome },
)
const failed = outcomes.filter(({ passed }) => !passed).map(({ name }) => name)
const seconds = (performance.now() - began) / 1000
process.stdout.write(
  failed.length === 0
    ? `\n  All checks passed in ${seconds.toFixed(1)} s. \`npm test\` runs everything.\n`
    : `\n  Failed: ${failed.join(', ')} (${seconds.toFixed(1)} s)\n`,
)
process.exitCode = failed.length === 0 ? 0 : 1

function printOutcome({ name, passed, seconds: took, output }: Outcome): void {
  const line = `  ${passed ? 'ok    ' : 'FAILED'}  ${name.padEnd(14)} ${took.toFixed(1).padStart(5)} s\n`
  process.stdout.write(passed ? line : `${line}\n${output}\n`)
}
