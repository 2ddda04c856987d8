import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { SEEDED_MUTANTS } from './src/faults/mutants/mutants.ts'
import { seedMutant } from './src/faults/mutants/seed-mutant.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const name = process.env['MUTANT']
const mutant = SEEDED_MUTANTS.find((seeded) => seeded.name === name)
if (name && !mutant) throw new Error(`MUTANT: no seeded mutant is called "${name}".`)

/** The faults runs; with MUTANT set (`pnpm test:mutants`), the one unit test that has to notice the mutant. */
export default defineConfig({
  root,
  plugins: mutant ? [seedMutant(root, mutant)] : [],
  test: {
    name: 'faults',
    include: mutant ? [mutant.test] : ['{apps,packages}/*/faults/**/*.faults.ts'],
    globalSetup: ['run-folder', 'global-setup'].map((name) =>
      fileURLToPath(new URL(`src/${name}.ts`, import.meta.url)),
    ),
    pool: 'forks',
    // Each file runs servers, a database and a billing backend, and measures them.
    fileParallelism: false,
    testTimeout: mutant ? 60_000 : 3_600_000,
    hookTimeout: mutant ? 60_000 : 180_000,
    expect: { poll: { timeout: 15_000 } },
  },
})
