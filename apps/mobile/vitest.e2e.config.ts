import path from 'node:path'
import { defineConfig } from 'vitest/config'

const testing = path.join(import.meta.dirname, '../../packages/testing/src')

// The app bundled as a release would be, and its web export in a real browser against the real server.
export default defineConfig({
  root: import.meta.dirname,
  test: {
    name: 'mobile',
    include: ['e2e/**/*.test.ts'],
    globalSetup: [path.join(testing, 'browser/global-setup.ts')],
    pool: 'forks',
    fileParallelism: false,
    testTimeout: 400_000,
    hookTimeout: 400_000,
    expect: { poll: { timeout: 15_000 } },
    // A page waits for a browser, a server and a database; what needed another attempt is printed by name.
    retry: 1,
  },
})
