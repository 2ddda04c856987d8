import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { SEEDED_MUTANTS } from './src/mutants/mutants.ts'
import { seedMutant } from './src/mutants/seed-mutant.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const mutant = SEEDED_MUTANTS.find(({ name }) => name === process.env['MUTANT'])
if (!mutant) throw new Error('MUTANT names no seeded mutant; run them with: pnpm test:mutants')

export default defineConfig({
  root,
  plugins: [seedMutant(root, mutant)],
  test: {
    include: [mutant.test],
    globalSetup: [fileURLToPath(new URL('src/global-setup.ts', import.meta.url))],
    pool: 'forks',
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 15_000 } },
  },
})
