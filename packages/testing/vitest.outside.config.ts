import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

// What people have who are not us: a clone, or the packages in an app of their own, on a bad network.
export default defineConfig({
  root: fileURLToPath(new URL('../../', import.meta.url)),
  test: {
    name: 'outside',
    include: [
      'packages/testing/{newcomer,outside}/*.test.ts',
      'packages/client/{outside,network}/*.test.ts',
    ],
    pool: 'forks',
    // They build the packages in their places.
    fileParallelism: false,
    testTimeout: 600_000,
    hookTimeout: 600_000,
    expect: { poll: { timeout: 15_000 } },
  },
})
