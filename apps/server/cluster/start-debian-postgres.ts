import { execFile } from 'node:child_process'
import { chown, mkdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { findDebianPrograms } from '@tollgate/testing/debian'
import { freePort } from '@tollgate/testing/free-port'

const run = promisify(execFile)

/** Whom Debian makes to run PostgreSQL, which does not run as root. */
const SERVER_USER = 'postgres'

/** A PostgreSQL of Debian's that archives its WAL beside its data. */
export type DebianPostgres = {
  /** Where a client finds a database, as a URL and as the options of its programs. */
  url(database: string): string
  at: readonly string[]
  data: string
  archive: string
  /** Runs one of its programs, such as pg_dump, as the user of the server; answers what it printed. */
  program(name: string, ...args: string[]): Promise<string>
  /** Ends every process of it at once and writes nothing, as a power cut would. */
  kill(): Promise<void>
  stop(): Promise<void>
}

/** Starts a server on `folder/data`, which is made unless a backup is there, with its archive in `folder/archive`. */
export async function startDebianPostgres(
  folder: string,
  further: readonly string[] = [],
): Promise<DebianPostgres> {
  const { bin } = findDebianPrograms().postgres
  const user = await serverUser()
  const program = async (name: string, ...args: string[]) => {
    const { stdout } = await run(path.join(bin, name), args, { ...user, cwd: '/', maxBuffer: 1e8 })
    return stdout
  }
  const data = path.join(folder, 'data')
  const archive = path.join(folder, 'archive')
  for (const made of [folder, archive]) await makeFor(user, made)
  if (!(await isThere(data))) {
    await program('initdb', '-D', data, '-A', 'trust', '-U', SERVER_USER, '--no-sync')
  }
  const port = String(await freePort())
  const settings = [
    `port=${port}`,
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'archive_mode=on',
    `archive_command=test ! -f ${archive}/%f && cp %p ${archive}/%f`,
    ...further,
  ]
  const options = settings.map((setting) => `-c "${setting}"`).join(' ')
  const log = path.join(folder, 'log')
  await program('pg_ctl', 'start', '-w', '-t', '120', '-D', data, '-l', log, '-o', options)
  return {
    url: (database) => `postgresql://${SERVER_USER}@127.0.0.1:${port}/${database}`,
    at: ['-h', '127.0.0.1', '-p', port, '-U', SERVER_USER],
    data,
    archive,
    program,
    kill: async () => void (await program('pg_ctl', 'stop', '-D', data, '-m', 'immediate')),
    stop: async () => void (await program('pg_ctl', 'stop', '-D', data, '-m', 'fast')),
  }
}

type SystemUser = { uid: number; gid: number } | Record<string, never>

/** The user of the tests, unless that is root. */
async function serverUser(): Promise<SystemUser> {
  if (process.getuid?.() !== 0) return {}
  const lines = (await readFile('/etc/passwd', 'utf8')).split('\n')
  const [, , uid, gid] = lines.find((line) => line.startsWith(`${SERVER_USER}:`))?.split(':') ?? []
  if (uid === undefined) throw new Error(`There is no user ${SERVER_USER} to run PostgreSQL as.`)
  return { uid: Number(uid), gid: Number(gid) }
}

async function makeFor(user: SystemUser, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  if (user.uid !== undefined) await chown(folder, user.uid, user.gid)
}

async function isThere(file: string): Promise<boolean> {
  return (await stat(file).catch(() => null)) !== null
}
