import { type ChildProcess, spawn } from 'node:child_process'
import { silentLogger } from '@tollgate/contract'
import { afterEach, expect, it } from 'vitest'
import { superviseProcess } from './supervise-process.ts'

/** Reports its pid, and stops when asked to. */
const OBEDIENT = `process.on('message', (m) => m === 'stop' && process.exit(0)); process.send(process.pid)`
/** Ignores messages and every signal short of SIGKILL. */
const STUBBORN = `process.on('SIGTERM', () => {}); process.on('message', () => {}); process.send(process.pid)`
const PATIENCE_MS = 20_000

let children: ChildProcess[] = []
afterEach(() => {
  for (const child of children) child.kill('SIGKILL')
  children = []
})

function supervise(program: string, stopMsMax?: number) {
  return superviseProcess({
    name: 'test',
    logger: silentLogger,
    ...(stopMsMax === undefined ? {} : { stopMsMax }),
    readReady: Number,
    launch() {
      const child = spawn(process.execPath, ['-e', program], {
        stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      })
      children.push(child)
      return child
    },
  })
}

const isAlive = ({ exitCode, signalCode }: ChildProcess) => exitCode === null && signalCode === null

it('starts a process again each time it is killed', async () => {
  const supervised = await supervise(OBEDIENT)
  for (const kill of [1, 2, 3]) {
    children.at(-1)?.kill('SIGKILL')
    await expect.poll(() => children.length, { timeout: PATIENCE_MS }).toBe(kill + 1)
  }
  await supervised.stop()
  expect(children.filter(isAlive)).toEqual([])
})

it('starts nothing again after a stop, and returns when the process is gone', async () => {
  const supervised = await supervise(OBEDIENT)
  expect(supervised.ready).toBe(children[0]?.pid)
  await supervised.stop()
  expect(children.map(({ exitCode }) => exitCode)).toEqual([0])
})

it('ends a process that does not stop when asked', async () => {
  const supervised = await supervise(STUBBORN, 100)
  await supervised.stop()
  expect(children.map(({ signalCode }) => signalCode)).toEqual(['SIGKILL'])
})

it('fails, with the exit code, when the process ends before it is ready', async () => {
  await expect(supervise('process.exit(7)')).rejects.toMatchObject({
    message: expect.stringContaining('before it was ready (7)'),
  })
})

it('fails when there is no such program', async () => {
  const launch = () => spawn('/nowhere/at/all', { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] })
  const options = { name: 'test', logger: silentLogger, readReady: Number, launch }
  await expect(superviseProcess(options)).rejects.toThrow('before it was ready')
})
