import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

const here = fileURLToPath(new URL('.', import.meta.url))

it('loads @flowglad/nextjs/server in plain Node, without a loader', async () => {
  const script = `
    const sdk = await import('@flowglad/nextjs/server')
    const server = new sdk.FlowgladServer({ customerExternalId: 'c', apiKey: 'k', baseURL: 'http://127.0.0.1:1' })
    const admin = new sdk.FlowgladServerAdmin({ apiKey: 'k', baseURL: 'http://127.0.0.1:1' })
    console.log(typeof server.getBilling, typeof admin.createUsageEvent)`
  const node = promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
    cwd: here,
    env: { PATH: process.env['PATH'] },
  })
  expect((await node).stdout.trim()).toBe('function function')
})

it('brings no Next.js along', async () => {
  const lockfile = await readFile(new URL('../../../pnpm-lock.yaml', import.meta.url), 'utf8')
  // Positive control: the same pattern finds the SDK itself.
  expect(lockfile).toMatch(/^ {2}'?@flowglad\/nextjs@0\.18\.0/m)
  expect(lockfile).not.toMatch(/^ {2}'?next@/m)
  expect(lockfile).not.toMatch(/@next\/swc/)
})
