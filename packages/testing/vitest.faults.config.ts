import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  root: fileURLToPath(new URL('../../', import.meta.url)),
  test: {
    name: 'faults',
    include: ['{apps,packages}/*/faults/**/*.faults.ts'],
    globalSetup: [fileURLToPath(new URL('src/global-setup.ts', import.meta.url))],
    pool: 'forks',
    // Each file runs servers, a database and a billing backend, and measures them.
    fileParallelism: false,
    testTimeout: 3_600_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 15_000 } },
  },
})
