import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const runFolder = fileURLToPath(new URL('src/run-folder.ts', import.meta.url))
const checkBrowser = fileURLToPath(new URL('src/browser/global-setup.ts', import.meta.url))
const findPrograms = fileURLToPath(new URL('src/debian/global-setup.ts', import.meta.url))
const buildStudio = fileURLToPath(
  new URL('../../apps/web/e2e/fixtures/build-studio.ts', import.meta.url),
)

const startPostgres = fileURLToPath(new URL('src/global-setup.ts', import.meta.url))
const exportApp = fileURLToPath(
  new URL('../../apps/mobile/e2e/fixtures/export-for-web.ts', import.meta.url),
)

const PATIENT = {
  pool: 'forks',
  testTimeout: 600_000,
  hookTimeout: 600_000,
  expect: { poll: { timeout: 45_000 } },
} as const

/** Whole programs: in a browser (web), as bundles of a phone (mobile), as a clone or as installed packages (outside), with Debian's programs (cluster). */
export default defineConfig({
  root: fileURLToPath(new URL('../../', import.meta.url)),
  test: {
    projects: [
      {
        test: {
          ...PATIENT,
          name: 'web',
          include: ['{apps/web,apps/docs,packages/ledger}/e2e/**/*.e2e.ts'],
          globalSetup: [checkBrowser, runFolder, startPostgres, buildStudio],
          // Each file starts all programs but PostgreSQL and a browser, and mostly waits for them.
          maxWorkers: 3,
          // A page waits for a browser, a server and a database; what needed another attempt is printed by name.
          retry: 1,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          ...PATIENT,
          name: 'mobile',
          include: ['apps/mobile/e2e/**/*.e2e.ts'],
          globalSetup: [checkBrowser, runFolder, startPostgres, exportApp],
          // One file bundles, the other mostly waits for a browser.
          maxWorkers: 2,
          retry: 1,
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          ...PATIENT,
          name: 'outside',
          include: [
            'packages/{testing,client}/{e2e,examples}/*.e2e.ts',
            'apps/server/e2e/*.e2e.ts',
          ],
          globalSetup: [runFolder],
          // They build the packages in their places.
          maxWorkers: 1,
          sequence: { groupOrder: 3 },
        },
      },
      {
        test: {
          ...PATIENT,
          name: 'cluster',
          include: ['{apps,packages}/*/cluster/**/*.cluster.ts'],
          globalSetup: [findPrograms, runFolder, startPostgres],
          // Each file starts several servers and databases, and loads them.
          maxWorkers: 1,
          sequence: { groupOrder: 4 },
        },
      },
    ],
  },
})
