import { catalog } from '@tollgate/contract/catalog'
import { readNames } from './read-names.ts'
import { GeneratorRefusal } from './generator-refusal.ts'
import { writeProcedure } from './write-procedure.ts'

// `pnpm gen billed-procedure <group> <name> <meter>`: generates everything a billed procedure needs, offline and without prompts.
const USAGE = `Usage: pnpm gen billed-procedure <group> <name> <meter>
  group  of the router: text, images, tools, or a new one
  name   of the procedure, in camelCase: translate
  meter  it is counted on: ${Object.keys(catalog.meters).join(', ')}`

const [generator, ...args] = process.argv.slice(2)
const [group, name, meter, ...others] = args
if (generator !== 'billed-procedure' || !group || !name || !meter || others.length > 0) {
  process.stderr.write(`${USAGE}\n`)
  process.exit(2)
}
try {
  const names = readNames({ group, name, meter })
  writeProcedure(names)
  process.stdout.write(`Written: ${names.path}, its test, its row in the router.

  1. Fill in the work        packages/api/src/${names.folder}/
  2. Check it                pnpm check
  3. Call it                 npm run dev, then the dev panel
`)
} catch (error) {
  if (!(error instanceof GeneratorRefusal)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}
