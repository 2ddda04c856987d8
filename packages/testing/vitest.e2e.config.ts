import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  root: fileURLToPath(new URL('../../', import.meta.url)),
  test: {
    name: 'e2e',
    include: ['apps/web/e2e/**/*.e2e.ts', 'packages/*/e2e/**/*.e2e.ts'],
    globalSetup: [
      fileURLToPath(new URL('src/browser/global-setup.ts', import.meta.url)),
      fileURLToPath(new URL('../../apps/web/e2e/fixtures/build-studio.ts', import.meta.url)),
    ],
    pool: 'forks',
    // Each file starts all programs and a browser, and mostly waits for them.
    maxWorkers: 2,
    testTimeout: 600_000,
    hookTimeout: 600_000,
    expect: { poll: { timeout: 15_000 } },
    // A page waits for a browser, a server and a database; what needed another attempt is printed by name.
    retry: 1,
  },
})
