import { fileURLToPath } from 'node:url'
import { buildProgram } from './build-program.ts'

// `pnpm --filter @tollgate/server build`: one file per program, without fault injection.
const programs = [
  { program: 'server', file: 'main.js' },
  { program: 'billing', file: 'billing.js' },
] as const

for (const { program, file } of programs) {
  const outfile = fileURLToPath(new URL(`../dist/${file}`, import.meta.url))
  await buildProgram({ program, outfile, faults: false })
}
