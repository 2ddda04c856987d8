import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { stripVTControlCharacters } from 'node:util'
import { catalog } from '@tollgate/contract/catalog'
import { kebabCase } from './generators/kebab-case.ts'

// `pnpm gen billed-procedure <group> <name> <meter>`: runs turbo's generator from what is installed, without the network and
// without questions, and says what it did in a few lines.
const CLI = fileURLToPath(new URL('../node_modules/@turbo/gen/dist/cli.js', import.meta.url))
const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
const USAGE = `Usage: pnpm gen billed-procedure <group> <name> <meter>
  group  of the router: text, images, tools, or a new one
  name   of the procedure, in camelCase: translate
  meter  it is counted on: ${Object.keys(catalog.meters).join(', ')}`

const [generator, ...args] = process.argv.slice(2)
if (generator !== 'billed-procedure' || args.length !== 3) {
  process.stderr.write(`${USAGE}\n`)
  process.exit(2)
}

const child = spawn(
  process.execPath,
  [CLI, 'run', generator, '--root', ROOT, '--args', ...args],
  // A question would wait for ever without a terminal.
  { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] },
)
let output = ''
for (const stream of [child.stdout, child.stderr]) {
  stream.setEncoding('utf8')
  stream.on('data', (text: string) => (output += text))
}
child.once('close', (code) => {
  if (code === 0) process.stdout.write(`${done(args)}\n`)
  else process.stderr.write(`${complaint()}\n`)
  process.exitCode = code ?? 1
})

function done([group = '', name = '']: string[]): string {
  return `Written: ${group}.${name}, its test, its row in the router.

  1. Fill in the work        packages/api/src/${kebabCase(group)}/
  2. Check it                pnpm check
  3. Call it                 npm run dev, then the dev panel`
}

// Turbo adds a headline, colours, and an "undefined" of its own.
function complaint(): string {
  const lines = stripVTControlCharacters(output)
    .split('\n')
    .map((line) => line.replace(/^>>> /, '').trim())
  return lines.filter((line) => !['', 'undefined', HEADLINE].includes(line)).join('\n')
}

const HEADLINE = 'Modify "tollgate" using custom generators'
