import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { startProcess } from './start-process.ts'

const HERE = fileURLToPath(new URL('.', import.meta.url))
const SERVER = `require('node:http').createServer((_, r) => r.end()).listen(process.env.PORT, '127.0.0.1')`
const environment = (port: number) => ({ PORT: String(port) })

describe('startProcess', () => {
  it('starts a process that can be killed without warning', async () => {
    const started = await startProcess({
      cwd: HERE,
      args: ['-e', SERVER],
      environment,
      readyPath: '/',
    })
    expect((await fetch(started.url)).status).toBe(200)
    await started.kill()
    expect(await started.ended).toBe('SIGKILL')
    expect(started.isAlive()).toBe(false)
  })

  it('rejects with the output of a process that ends before it is ready', async () => {
    const args = ['-e', `console.error('no database'); process.exit(1)`]
    await expect(startProcess({ cwd: HERE, args, environment, readyPath: '/' })).rejects.toThrow(
      'no database',
    )
  })

  it('leaves no process behind when the test itself is killed', { timeout: 60_000 }, async () => {
    const script = `
      const { startProcess } = await import('./start-process.ts')
      const started = await startProcess({ cwd: '.', args: ['-e', ${JSON.stringify(SERVER)}],
        environment: (port) => ({ PORT: String(port) }), readyPath: '/' })
      console.log(started.url)
      setInterval(() => {}, 1000)`
    const args = ['--import', 'tsx', '--input-type=module', '-e', script]
    const parent = spawn(process.execPath, args, {
      cwd: HERE,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const [line] = await once(parent.stdout, 'data')
    const url = String(line).trim()
    expect((await fetch(url)).status).toBe(200)
    parent.kill('SIGKILL')
    const answers = () =>
      fetch(url).then(
        () => 'answers',
        () => 'gone',
      )
    await expect.poll(answers, { timeout: 20_000 }).toBe('gone')
  })
})
