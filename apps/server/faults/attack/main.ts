import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { ATTACKS } from './attacks.ts'

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url))

/** Runs every test that the table of attacks names, each in its own runner; `npm run test:e2e` runs the browser's. */
const named = ATTACKS.flatMap((attack) => ('tests' in attack ? attack.tests : []))
const files = new Set(named.map((test) => test.split(' › ')[0] ?? ''))
const own = ['apps/server/faults/attack', ...[...files].filter((file) => file.endsWith('.test.ts'))]
const config = ['run', '--config', 'packages/testing/vitest.config.ts']
const run = spawnSync('node_modules/.bin/vitest', [...config, ...own], {
  cwd: ROOT,
  stdio: 'inherit',
})
process.exitCode = run.status ?? 1
