import { rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { checkWithTools } from './release/check-with-tools.ts'
import { filesOf, findProblems } from './release/find-problems.ts'
import type { Tarball } from './release/pack-packages.ts'
import { packPublished } from './release/pack-published.ts'
import { runProgram } from './release/run-program.ts'

// `pnpm release`: builds, packs, checks and publishes every published package; `--dry-run` skips publishing.
const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
const TARBALLS = path.join(ROOT, '.release')

const { values } = parseArgs({ options: { 'dry-run': { type: 'boolean', default: false } } })
process.exitCode = await main()

async function main(): Promise<number> {
  await rm(TARBALLS, { recursive: true, force: true })
  const tarballs = await packPublished(TARBALLS)
  let problems = 0
  for (const tarball of tarballs) {
    const found = [...(await findProblems(tarball)), ...(await checkWithTools(tarball))]
    problems += found.length
    print([await describe(tarball), ...found.map((problem) => `  ${problem}`)].join('\n'))
  }
  if (problems > 0) return 1
  if (values['dry-run']) {
    print(`\nNothing was published; the tarballs are in ${path.relative(ROOT, TARBALLS)}.`)
    return 0
  }
  print(await runProgram('node_modules/.bin/changeset', ['publish'], { cwd: ROOT }))
  return 0
}

async function describe({ name, version, file, unpacked }: Tarball): Promise<string> {
  const { size } = await stat(file)
  const files = await filesOf(unpacked)
  return `${`${name} ${version}`.padEnd(36)} ${String(files.length).padStart(4)} files ${(size / 1000).toFixed(0).padStart(4)} kB`
}

function print(text: string): void {
  process.stdout.write(`${text}\n`)
}
