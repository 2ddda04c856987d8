import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'

const ROOT = new URL('../../../', import.meta.url)
/** Twice the interval at which the program checks whether npm is alive. */
const NOTICED_MS = 1000

/** Runs an idle program in place of the server, started by the same script. */
describe('npm start', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'tollgate-start-'))
    await mkdir(path.join(folder, 'apps/server/build'), { recursive: true })
    await writeFile(
      path.join(folder, 'package.json'),
      await readFile(new URL('package.json', ROOT), 'utf8'),
    )
    const watch = new URL('apps/server/build/end-with-npm.js', ROOT).href
    await writeFile(
      path.join(folder, 'apps/server/build/start.js'),
      `await import(${JSON.stringify(watch)})
setInterval(() => {}, 1000)
console.log('running as', process.pid)\n`,
    )
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  async function start(command: string, args: readonly string[]) {
    const child = spawn(command, args, { cwd: folder, stdio: ['pipe', 'pipe', 'inherit'] })
    const exited = once(child, 'exit')
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
    await expect.poll(() => output).toMatch(/running as \d+\n/)
    const program = Number(/running as (\d+)/.exec(output)?.[1])
    onTestFinished(() => void (isAlive(program) && process.kill(program, 'SIGKILL')))
    return { child, exited, program }
  }

  it.each(['SIGTERM', 'SIGHUP', 'SIGKILL'] as const)(
    'leaves no server behind when npm alone gets %s',
    async (signal) => {
      const { child, program } = await start('npm', ['start'])
      child.kill(signal)
      await expect.poll(() => isAlive(program)).toBe(false)
    },
  )

  it('leaves a server running that was put into the background by what has ended since', async () => {
    const background = 'node apps/server/build/start.js & read -r line'
    const { child, exited, program } = await start('/bin/sh', ['-c', background])
    // The shell may end only after the program has started.
    child.stdin.end('\n')
    await exited
    await delay(NOTICED_MS)
    expect(isAlive(program)).toBe(true)
  })
})

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
