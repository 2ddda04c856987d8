import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  root: fileURLToPath(new URL('../../', import.meta.url)),
  test: {
    name: 'newcomer',
    include: ['packages/testing/newcomer/*.test.ts'],
    globalSetup: [fileURLToPath(new URL('src/browser/global-setup.ts', import.meta.url))],
    pool: 'forks',
    testTimeout: 600_000,
    hookTimeout: 600_000,
    expect: { poll: { timeout: 15_000 } },
  },
})
