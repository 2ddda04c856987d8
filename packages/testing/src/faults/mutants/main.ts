import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { SEEDED_MUTANTS } from './mutants.ts'
import { runAgainst } from './run-against.ts'
import { applyMutant, type SeededMutant } from './seeded-mutant.ts'
import { takePart } from './take-part.ts'

// `pnpm test:mutants [--only text] [--part 2/6]`: makes one mistake after the other and checks that its test fails; then the same for the
// core's own mutants, which an invariant of its model has to detect.
const ROOT = fileURLToPath(new URL('../../../../../', import.meta.url))
const { values } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    part: { type: 'string', default: '1/1' },
  },
})
const survived = [await seeded(), await ofTheModel()]
process.exitCode = survived.some(Boolean) ? 1 : 0

async function seeded(): Promise<boolean> {
  const { only, part } = values
  const chosen = takePart(
    SEEDED_MUTANTS.filter(({ name, file }) => name.includes(only) || file.includes(only)),
    part,
  )
  // Applies all of them first, so that a mutant whose text was rewritten fails immediately.
  for (const mutant of chosen) {
    applyMutant(mutant, await readFile(path.join(ROOT, mutant.file), 'utf8'))
  }
  let caught = 0
  for (const mutant of chosen) {
    if (await isCaught(mutant)) caught += 1
  }
  print(`mutants: ${caught} of ${chosen.length} caught by the test that is about them`)
  return caught < chosen.length
}

async function ofTheModel(): Promise<boolean> {
  const { only, part } = values
  const program = path.join(ROOT, 'packages/metering/faults/mutants/main.ts')
  const args = ['--import', 'tsx', program, '--only', only, '--part', part]
  const model = spawn(process.execPath, args, { cwd: ROOT, stdio: 'inherit' })
  const [code] = await once(model, 'exit')
  return code !== 0
}

async function isCaught(mutant: SeededMutant): Promise<boolean> {
  const began = Date.now()
  const { failed, error } = await runAgainst(mutant)
  const seconds = ((Date.now() - began) / 1000).toFixed(1)
  const [by] = failed
  const verdict = by === undefined ? 'SURVIVED' : 'caught  '
  print(`  ${verdict}  ${mutant.name.padEnd(62)}  ${by ?? mutant.title}  (${seconds} s)`)
  if (error !== null) print(error)
  return by !== undefined
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}
