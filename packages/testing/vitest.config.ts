import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const root = fileURLToPath(new URL('../../', import.meta.url))

// One project per workspace, named like its package: `--project @tollgate/metering`.
const projects = ['packages', 'apps']
  .flatMap((group) => readdirSync(path.join(root, group)).map((name) => ({ group, name })))
  .filter(({ group, name }) => existsSync(path.join(root, group, name, 'package.json')))
  .map(({ group, name }) => ({
    extends: true as const,
    root: path.join(root, group, name),
    test: {
      name: `@tollgate/${name}`,
      include: ['{src,conformance,e2e,faults}/**/*.test.{ts,tsx}'],
      // The apps' tests start whole programs; what needed another attempt is printed by name. Money has to be right at once.
      retry: group === 'apps' ? 1 : 0,
    },
  }))

export default defineConfig({
  root,
  test: {
    projects,
    globalSetup: ['run-folder', 'global-setup'].map((name) =>
      path.join(import.meta.dirname, `src/${name}.ts`),
    ),
    pool: 'forks',
    // Most of the servers' tests wait for other programs, for half of their time.
    maxWorkers: 3,
    // Files share a worker's modules, because importing them anew took a third of the processor time. No file mocks a module.
    isolate: false,
    // Bounds only hangs: on a loaded machine, starting servers and drawing pictures may take a minute.
    testTimeout: 90_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 45_000 } },
  },
})
