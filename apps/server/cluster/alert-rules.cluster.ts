import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { findDebianPrograms } from '@tollgate/testing/debian'
import { expect, it } from 'vitest'

const run = promisify(execFile)
const RULES = fileURLToPath(new URL('../deploy/alerts.yml', import.meta.url))
const TESTS = fileURLToPath(new URL('alert-rules.test.yml', import.meta.url))

it('promtool finds the alert rules valid', async () => {
  const { promtool } = findDebianPrograms()
  const { stdout } = await run(promtool, ['check', 'rules', RULES])
  expect(stdout).toMatch(/SUCCESS: \d+ rules found/u)
})

it('every alert rule fires at its limit and not below, as promtool computes it', async () => {
  const { promtool } = findDebianPrograms()
  const { stdout } = await run(promtool, ['test', 'rules', TESTS])
  expect(stdout).toContain('SUCCESS')
})
