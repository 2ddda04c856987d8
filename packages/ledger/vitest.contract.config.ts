import path from 'node:path'
import { defineConfig } from 'vitest/config'

const testing = path.join(import.meta.dirname, '../testing/src')

/** The published Flowglad SDK against our backend over HTTP: `pnpm test:contract`. */
export default defineConfig({
  root: import.meta.dirname,
  test: {
    name: 'contract',
    include: ['contract-test/**/*.test.ts'],
    globalSetup: [path.join(testing, 'global-setup.ts')],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 15_000 } },
  },
})
