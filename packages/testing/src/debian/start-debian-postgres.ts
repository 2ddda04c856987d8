import { execFile } from 'node:child_process'
import { chown, mkdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import { openDatabase } from '@tollgate/database'
import { freePort } from '../free-port.ts'
import { type Group, spawnGroup } from '../spawn-group.ts'
import { findDebianPrograms } from './find-debian-programs.ts'

const READY_MS_MAX = 120_000
const POLL_MS = 50
const SUPERUSER = 'postgres'

/** A PostgreSQL server from Debian, on loopback, that trusts local logins and ends with this process. */
export type DebianPostgres = {
  version: string
  /** The connection to a database, as a URL and as options for PostgreSQL's programs. */
  url(database: string): string
  at: readonly string[]
  data: string
  /** Where it archives its WAL, if it does. */
  archive: string
  /** Runs one of its programs, such as pg_dump, as the server's user; returns its output. */
  program(name: string, ...args: string[]): Promise<string>
  /** Kills all of its processes at once, like a power cut. */
  kill(): Promise<void>
  /** Starts it again on the same port. */
  restart(): Promise<void>
  stop(): Promise<void>
}

/**
 * Starts a server on `folder/data`, which is initialized unless it contains a backup, and waits until it accepts writes. When this process
 * is root, the folder must be accessible to the user postgres. With `isArchiving`, its WAL is archived in `folder/archive`.
 */
export async function startDebianPostgres(
  folder: string,
  options: { isArchiving?: boolean; settings?: readonly string[] } = {},
): Promise<DebianPostgres> {
  const { bin, version } = findDebianPrograms().postgres
  const user = await unprivilegedUser()
  const program = async (name: string, ...args: string[]) => {
    const how = { ...user, cwd: '/', maxBuffer: 1e8 }
    return (await promisify(execFile)(path.join(bin, name), args, how)).stdout
  }
  const data = path.join(folder, 'data')
  const archive = path.join(folder, 'archive')
  for (const made of [folder, archive]) {
    await mkdir(made, { recursive: true })
    if (user) await chown(made, user.uid, user.gid)
  }
  if (!(await isThere(data))) await program('initdb', '-D', data, ...INITIAL)
  const port = String(await freePort())
  const settings = [
    `port=${port}`,
    ...SETTINGS,
    ...(options.isArchiving ? archivingTo(archive) : []),
    ...(options.settings ?? []),
  ]
  const command = [path.join(bin, 'postgres'), '-D', data]
  for (const setting of settings) command.push('-c', setting)
  const url = (database: string) => `postgres://${SUPERUSER}@127.0.0.1:${port}/${database}`
  const start = async () => {
    const started = spawnAs(user, command)
    await untilWritable(started, url(SUPERUSER), `PostgreSQL ${version}`)
    return started
  }
  let group = await start()
  const end = async (mode: 'fast' | 'immediate') => {
    if (group.isAlive()) await program('pg_ctl', 'stop', '-D', data, '-m', mode)
    await group.ended
  }
  return {
    version,
    url,
    at: ['-h', '127.0.0.1', '-p', port, '-U', SUPERUSER],
    data,
    archive,
    program,
    kill: () => end('immediate'),
    async restart() {
      group = await start()
    },
    stop: () => end('fast'),
  }
}

const INITIAL = ['-A', 'trust', '-U', SUPERUSER, '--encoding=UTF8', '--locale=C', '--no-sync']
const SETTINGS = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'max_connections=200',
] as const

const archivingTo = (archive: string) => [
  'archive_mode=on',
  `archive_command=test ! -f ${archive}/%f && cp %p ${archive}/%f`,
]

type SystemUser = { uid: number; gid: number }

/** Debian's user for PostgreSQL, which refuses to run as root; null when the tests do not run as root either. */
async function unprivilegedUser(): Promise<SystemUser | null> {
  if (process.getuid?.() !== 0) return null
  const lines = (await readFile('/etc/passwd', 'utf8')).split('\n')
  const [, , uid, gid] = lines.find((line) => line.startsWith(`${SUPERUSER}:`))?.split(':') ?? []
  if (uid === undefined) throw new Error(`There is no user ${SUPERUSER} to run PostgreSQL as.`)
  return { uid: Number(uid), gid: Number(gid) }
}

async function isThere(file: string): Promise<boolean> {
  return (await stat(file).catch(() => null)) !== null
}

function spawnAs(user: SystemUser | null, command: readonly string[]): Group {
  const drop = user
    ? ['setpriv', `--reuid=${user.uid}`, `--regid=${user.gid}`, '--clear-groups']
    : []
  const [program = '', ...parameters] = [...drop, ...command]
  return spawnGroup(program, parameters, { cwd: '/', env: process.env })
}

/** Waits until it is neither starting nor recovering; throws with its output when that takes too long. */
async function untilWritable(group: Group, url: string, name: string): Promise<void> {
  let output = ''
  for (const stream of group.output)
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const deadline = performance.now() + READY_MS_MAX
  while (performance.now() < deadline && group.isAlive()) {
    if (await takesWrites(url)) return
    await delay(POLL_MS)
  }
  await group.stop()
  throw new Error(`${name} was not ready within ${READY_MS_MAX} ms:\n${output}`)
}

async function takesWrites(url: string): Promise<boolean> {
  const database = openDatabase({ url, maxConnections: 1 })
  try {
    const [row] = await database.query<{ recovering: boolean }>({
      text: 'select pg_is_in_recovery() as recovering',
    })
    return row?.recovering === false
  } catch {
    return false
  } finally {
    await database.close()
  }
}
