import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { defineConfig, type Plugin } from 'vitest/config'
import { SEEDED_MUTANTS } from './src/mutants/mutants.ts'
import { applyMutant, type SeededMutant } from './src/mutants/seeded-mutant.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const mutant = SEEDED_MUTANTS.find(({ name }) => name === process.env['MUTANT'])
if (!mutant) throw new Error('MUTANT names no seeded mutant; run them with: pnpm test:mutants')

/** Makes the mistake while the file is loaded; what is on the disk is never touched. */
function seed({ file, ...mistake }: SeededMutant): Plugin {
  const target = `${root}${file}`
  return {
    name: 'seed-mutant',
    enforce: 'pre',
    load: (id) =>
      id === target ? applyMutant({ file, ...mistake }, readFileSync(target, 'utf8')) : null,
  }
}

export default defineConfig({
  root,
  plugins: [seed(mutant)],
  test: {
    include: [mutant.test],
    globalSetup: [fileURLToPath(new URL('src/global-setup.ts', import.meta.url))],
    pool: 'forks',
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})
