import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

// What people have who are not us: a clone, or the packages in an app of their own.
export default defineConfig({
  root: fileURLToPath(new URL('../../', import.meta.url)),
  test: {
    name: 'outside',
    include: ['packages/testing/{newcomer,outside}/*.test.ts'],
    pool: 'forks',
    testTimeout: 600_000,
    hookTimeout: 600_000,
    expect: { poll: { timeout: 15_000 } },
  },
})
