import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import { freePort } from '@tollgate/testing/free-port'
import { makeScratchWorkspace, type ScratchWorkspace } from '@tollgate/testing/scratch'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

/** Compiler, linter and server are slow while other tests run. */
const BUSY_MS_MAX = 180_000
const POLL_MS = 100
const run = promisify(execFile)

describe('a newcomer', { timeout: BUSY_MS_MAX }, () => {
  let workspace: ScratchWorkspace
  let data: string
  let server: ChildProcess | null = null
  const at = (...names: string[]) => path.join(workspace.directory, ...names)

  beforeAll(async () => {
    workspace = await makeScratchWorkspace([
      'packages/api',
      'packages/client',
      'apps/devtools',
      'apps/server',
      'apps/billing',
    ])
    data = await mkdtemp(path.join(tmpdir(), 'tollgate-newcomer-'))
  }, BUSY_MS_MAX)
  afterAll(async () => {
    if (server && server.exitCode === null) {
      const gone = once(server, 'exit')
      server.kill('SIGTERM')
      await gone
    }
    await workspace.remove()
    await rm(data, { recursive: true, force: true })
  }, BUSY_MS_MAX)

  it('generates a billed procedure, fills in one line, and calls it in the dev panel', async () => {
    await generate('text', 'generatedShout', 'ai_tokens')
    await fillIn('({ text: input.text })', '({ text: input.text.toUpperCase() })')
    const tsc = at('packages/api/node_modules/typescript/bin/tsc')
    await run(process.execPath, [tsc, '--noEmit', '--checkers', '1'], { cwd: at('packages/api') })
    const url = await start()
    const response = await fetch(`${url}/dev/call`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: url },
      body: JSON.stringify({
        path: 'text.generatedShout',
        persona: 'guest',
        input: { text: 'hello' },
      }),
    })
    expect(await response.json()).toMatchObject({
      status: 200,
      charged: [{ meter: 'ai_tokens', amount: 1 }],
      body: { result: { data: { text: 'HELLO' } } },
    })
  })

  async function generate(...args: string[]): Promise<void> {
    const gen = at('packages/api/generator/generate.ts')
    const options = ['--import', 'tsx', gen, 'billed-procedure', ...args]
    await run(process.execPath, options, { cwd: workspace.directory })
  }

  // Stands in for an edit by hand.
  async function fillIn(generated: string, own: string): Promise<void> {
    const file = at('packages/api/src/text/generated-shout.ts')
    const text = await readFile(file, 'utf8')
    expect(text.split(generated)).toHaveLength(2)
    await writeFile(file, text.replace(generated, own))
  }

  async function start(): Promise<string> {
    const [port, billingPort] = [await freePort(), await freePort()]
    const url = `http://127.0.0.1:${port}`
    const child = spawn(process.execPath, ['--import', 'tsx', 'src/dev-server.ts'], {
      cwd: at('apps/devtools'),
      env: {
        ...process.env,
        NODE_ENV: 'development',
        PORT: String(port),
        BILLING_PORT: String(billingPort),
        DATA_DIR: data,
        PUBLIC_URL: url,
      },
      stdio: 'ignore',
    })
    server = child
    while (!(await isReady(url))) {
      if (child.exitCode !== null) throw new Error(`The server ended with ${child.exitCode}.`)
      await delay(POLL_MS)
    }
    return url
  }
})

async function isReady(url: string): Promise<boolean> {
  return fetch(`${url}/readyz`).then(
    (response) => response.ok,
    () => false,
  )
}
