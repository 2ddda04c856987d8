import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chown, cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { processIdentity } from './process-identity.ts'
import type { EmbeddedPostgres } from './start-embedded-postgres.ts'
import { startEmbeddedPostgres } from './start-embedded-postgres.ts'

const PACKAGE = fileURLToPath(new URL('../', import.meta.url))

/** Servers start slowly on a loaded machine, and the tests start several. */
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })
const PATIENCE = { timeout: 60_000 }

let folder: string
let directory: string
const cleanups: (() => unknown)[] = []

let template: string

beforeAll(async () => {
  template = await mkdtemp(path.join(tmpdir(), 'tollgate-embedded-'))
  const postgres = await startEmbeddedPostgres({ directory: path.join(template, 'postgres') })
  await postgres.stop()
  return () => rm(template, { recursive: true, force: true })
})

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'tollgate-embedded-'))
  directory = path.join(folder, 'postgres')
  // Creating a cluster takes longer than most tests, so they start with a copy of a stopped one.
  await cp(template, folder, { recursive: true })
})

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
  // The watchdog of a killed process may still be stopping its server in this folder.
  await rm(folder, { recursive: true, force: true, maxRetries: 50, retryDelay: 100 })
})

test('keeps the values of refused rows out of its log', async () => {
  const postgres = await startHere()
  await run(postgres, 'create table person (email text primary key)')
  await run(postgres, `insert into person values ('ada@example.com')`)
  const again = run(postgres, 'insert into person values ($1)', ['ada@example.com'])
  await expect(again).rejects.toThrow('person_pkey')
  const log = await readFile(path.join(folder, 'postgres.log'), 'utf8')
  expect(log).toContain('person_pkey')
  expect(log).not.toContain('ada@example.com')
})

test('keeps what was written when it is stopped and started again', async () => {
  const first = await startHere()
  await run(first, 'create table note (text text)')
  await run(first, `insert into note values ('kept')`)
  await first.stop()

  const second = await startHere()
  expect(await run(second, 'select text from note')).toEqual([{ text: 'kept' }])
  expect([first.adopted, second.adopted]).toEqual([false, false])
})

test('writes to disk, listens on loopback alone and asks for a password', async () => {
  const postgres = await startHere()
  const settings = await run(
    postgres,
    `select name, setting from pg_settings where name in
     ('fsync', 'full_page_writes', 'synchronous_commit', 'listen_addresses', 'unix_socket_directories', 'server_encoding')
     order by name`,
  )
  expect(settings).toEqual([
    { name: 'fsync', setting: 'on' },
    { name: 'full_page_writes', setting: 'on' },
    { name: 'listen_addresses', setting: '127.0.0.1' },
    { name: 'server_encoding', setting: 'UTF8' },
    { name: 'synchronous_commit', setting: 'on' },
    { name: 'unix_socket_directories', setting: '' },
  ])

  const url = new URL(postgres.url('postgres'))
  url.password = 'guessed'
  await expect(runAt(url.href, 'select 1')).rejects.toMatchObject({ code: '28P01' })
})

test('stops when its parent is killed, and loses nothing', async () => {
  const parent = await startElsewhere()
  const pid = await postmasterPid()
  await run(parent, 'create table note (text text)')
  parent.child.kill('SIGKILL')
  await expect.poll(() => isRunning(pid), PATIENCE).toBe(false)

  const next = await startHere()
  expect(await run(next, 'select text from note')).toEqual([])
})

test('stops when its parent ends without stopping it', async () => {
  // It exits on request, so that its server's process id can be read first.
  const parent = await startElsewhere('process.stdin.resume()')
  const pid = await postmasterPid()
  parent.child.stdin?.end()
  await once(parent.child, 'exit')
  await expect.poll(() => isRunning(pid), PATIENCE).toBe(false)
})

test('is there at once when its parent is killed and started again', async () => {
  const parent = await startElsewhere()
  await run(parent, 'create table note (text text)')
  parent.child.kill('SIGKILL')
  const next = await startHere()
  await run(next, `insert into note values ('after')`)
  // Long enough for a watchdog that still thinks it owns the server.
  await delay(500)
  expect(await run(next, 'select text from note')).toEqual([{ text: 'after' }])
})

// Finds the watchdog in /proc.
test.runIf(process.platform === 'linux')(
  'survives the late watchdog of the owner it was taken from',
  async () => {
    const parent = await startElsewhere()
    const watchdog = await watchdogPid()
    process.kill(watchdog, 'SIGSTOP')
    parent.child.kill('SIGKILL')
    await once(parent.child, 'exit')

    const heir = await startHere()
    process.kill(watchdog, 'SIGCONT')
    await expect.poll(() => isRunning(watchdog), PATIENCE).toBe(false)
    expect(heir).toMatchObject({ adopted: true, port: parent.port })
    expect(await run(heir, 'select 1 as alive')).toEqual([{ alive: 1 }])

    const pid = await postmasterPid()
    await heir.stop()
    expect(await isRunning(pid)).toBe(false)
  },
)

test('is shared while its owner lives, and outlives the guest', async () => {
  const owner = await startElsewhere()
  const guest = await startHere()
  await guest.stop()
  expect(guest).toMatchObject({ adopted: true, port: owner.port })
  expect(await run(owner, 'select 1 as alive')).toEqual([{ alive: 1 }])
})

test('comes back on its port when the server is killed, and is stopped for good', async () => {
  const postgres = await startHere()
  await run(postgres, 'create table note (text text)')
  process.kill(await postmasterPid(), 'SIGKILL')
  await expect
    .poll(() => run(postgres, 'select text from note').catch(() => null), PATIENCE)
    .toEqual([])
  const pid = await postmasterPid()
  await postgres.stop()
  expect(await isRunning(pid)).toBe(false)
})

test('is taken over on its port by another process when its owner stops', async () => {
  const owner = await startElsewhere(
    `process.once('SIGTERM', () => postgres.stop().then(() => process.exit(0)))
     setInterval(() => {}, 1000)`,
  )
  const heir = await startHere()
  await run(heir, 'create table note (text text)')
  owner.child.kill('SIGTERM')
  await once(owner.child, 'exit')
  await expect
    .poll(() => run(heir, 'select text from note').catch(() => null), PATIENCE)
    .toEqual([])
  const pid = await postmasterPid()
  await heir.stop()
  expect(await isRunning(pid)).toBe(false)
})

test('is made and started once by two processes that start together', async () => {
  await rm(directory, { recursive: true })
  const started = await Promise.all([startElsewhere(), startElsewhere(), startHere()])
  expect(started.filter(({ adopted }) => !adopted)).toHaveLength(1)
  expect(new Set(started.map(({ port }) => port)).size).toBe(1)
  expect((await readdir(folder)).toSorted()).toEqual([
    'postgres',
    'postgres.log',
    'postgres.owner',
    'postgres.password',
  ])
})

test.runIf(process.platform === 'linux')('starts after everything was killed at once', async () => {
  const parent = await startElsewhere()
  await run(parent, 'create table note (text text)')
  for (const pid of [parent.child.pid, await watchdogPid(), await postmasterPid()]) {
    if (pid !== undefined) process.kill(pid, 'SIGKILL')
  }
  const next = await startHere()
  expect(next.adopted).toBe(false)
  expect(await run(next, 'select text from note')).toEqual([])
})

test('does not take a stranger that got the number of the dead server for the server', async () => {
  const first = await startHere()
  const file = path.join(directory, 'postmaster.pid')
  const lines = (await readFile(file, 'utf8')).split('\n')
  await first.stop()
  // Not our own id: PostgreSQL never mistakes its parent for a server.
  await writeFile(file, [String(process.ppid), ...lines.slice(1)].join('\n'))

  const second = await startHere()
  expect(second.adopted).toBe(false)
})

test('refuses a running server that does not know our password', async () => {
  await startElsewhere()
  await writeFile(`${directory}.password`, 'another\n')
  await expect(startHere()).rejects.toMatchObject({ code: 'password_refused' })
})

test('refuses a database whose password is lost', async () => {
  await rm(`${directory}.password`)
  await expect(startHere()).rejects.toMatchObject({ code: 'password_missing' })
})

test('refuses a directory that holds something else', async () => {
  await rm(directory, { recursive: true })
  await mkdir(directory)
  await writeFile(path.join(directory, 'thesis.txt'), 'the only copy')
  await expect(startHere()).rejects.toMatchObject({ code: 'not_a_data_directory' })
  expect(await readdir(directory)).toEqual(['thesis.txt'])
})

test('refuses a port that is taken', async () => {
  const other = await startHere()
  const elsewhere = path.join(folder, 'second')
  await expect(
    startEmbeddedPostgres({ directory: elsewhere, port: other.port }),
  ).rejects.toMatchObject({ code: 'port_taken' })
})

// Only root can change the owner of a directory.
test.runIf(process.getuid?.() === 0)('refuses a data directory of another OS user', async () => {
  await chown(directory, 54_321, 54_321)
  await expect(startHere()).rejects.toMatchObject({ code: 'foreign_owner' })
})

async function startHere(): Promise<EmbeddedPostgres> {
  const postgres = await startEmbeddedPostgres({ directory })
  cleanups.push(() => postgres.stop())
  return postgres
}

type Elsewhere = Pick<EmbeddedPostgres, 'url' | 'port' | 'adopted'> & { child: ChildProcess }

/** Starts the server in another process, which then waits until it is killed. */
async function startElsewhere(afterwards = 'setInterval(() => {}, 1000)'): Promise<Elsewhere> {
  const program = `
    import { startEmbeddedPostgres } from './src/index.ts'
    const postgres = await startEmbeddedPostgres({ directory: ${JSON.stringify(directory)} })
    const { adopted, port, url } = postgres
    process.stdout.write(JSON.stringify({ adopted, port, url: url('postgres') }) + '\\n')
    ${afterwards}`
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', '--input-type=module', '--eval', program],
    { cwd: PACKAGE, stdio: ['pipe', 'pipe', 'inherit'] },
  )
  cleanups.push(() => child.kill('SIGKILL'))
  const [line]: unknown[] = await once(createInterface(child.stdout), 'line')
  const { adopted, port, url } = JSON.parse(String(line))
  return { adopted, port, url: () => url, child }
}

function run(postgres: Pick<EmbeddedPostgres, 'url'>, text: string, values: string[] = []) {
  return runAt(postgres.url('postgres'), text, values)
}

async function runAt(url: string, text: string, values: string[] = []): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  // The server may stop while it is connected.
  client.on('error', () => {})
  try {
    await client.connect()
    return (await client.query(text, values)).rows
  } finally {
    await client.end().catch(() => {})
  }
}

async function postmasterPid(): Promise<number> {
  const text = await readFile(path.join(directory, 'postmaster.pid'), 'utf8')
  return Number.parseInt(text, 10)
}

async function watchdogPid(): Promise<number> {
  for (const entry of await readdir('/proc')) {
    const command = await readFile(`/proc/${entry}/cmdline`, 'utf8').catch(() => '')
    if (command.includes('postgres-watchdog') && command.includes(directory)) return Number(entry)
  }
  throw new Error(`No watchdog for ${directory}`)
}

async function isRunning(pid: number): Promise<boolean> {
  return (await processIdentity(pid)) !== null
}
