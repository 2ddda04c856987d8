import { defineConfig } from 'vitest/config'

// What a team outside of this repository gets: the tarball, a real server, a bad network.
export default defineConfig({
  root: import.meta.dirname,
  test: {
    name: 'client',
    include: ['outside/**/*.test.ts', 'network/**/*.test.ts'],
    pool: 'forks',
    fileParallelism: false,
    testTimeout: 300_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 15_000 } },
  },
})
