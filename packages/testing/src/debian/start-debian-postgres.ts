import { execFile } from 'node:child_process'
import { chown, mkdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { setTimeout as delay } from 'node:timers/promises'
import { openDatabase } from '@tollgate/database'
import { freePort } from '../free-port.ts'
import { spawnGroup } from '../spawn-group.ts'
import { findDebianPrograms } from './find-debian-programs.ts'

const READY_MS_MAX = 30_000
const POLL_MS = 50
const SUPERUSER = 'postgres'

/** A PostgreSQL server from Debian, on loopback, that lets every local login in. */
export type DebianPostgres = {
  version: string
  url(database: string): string
  stop(): Promise<void>
}

/** Starts one with its data in `folder`, which must be reachable for the user postgres when this process is root. */
export async function startDebianPostgres(folder: string): Promise<DebianPostgres> {
  const { bin, version } = findDebianPrograms().postgres
  const directory = path.join(folder, 'debian-postgres')
  await mkdir(directory, { mode: 0o700 })
  const user = await unprivilegedUser()
  if (user) await chown(directory, user.uid, user.gid)
  const initialize = [
    '--pgdata',
    directory,
    '--username',
    SUPERUSER,
    '--auth',
    'trust',
    '--no-sync',
  ]
  await promisify(execFile)(
    path.join(bin, 'initdb'),
    [...initialize, '--encoding=UTF8', '--locale=C'],
    {
      cwd: '/',
      ...user,
    },
  )
  const port = await freePort()
  const server = [path.join(bin, 'postgres'), '-D', directory, '-p', String(port)]
  const settings = [
    '-c',
    'listen_addresses=127.0.0.1',
    '-c',
    'unix_socket_directories=',
    '-c',
    'max_connections=200',
  ]
  const drop = user
    ? ['setpriv', `--reuid=${user.uid}`, `--regid=${user.gid}`, '--clear-groups']
    : []
  const [program = '', ...parameters] = [...drop, ...server, ...settings]
  const group = spawnGroup(program, parameters, { cwd: '/', env: process.env })
  let output = ''
  for (const stream of group.output)
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const url = (database: string) => `postgres://${SUPERUSER}@127.0.0.1:${port}/${database}`
  const deadline = performance.now() + READY_MS_MAX
  while (performance.now() < deadline && group.isAlive()) {
    if (await answers(url(SUPERUSER))) return { version, url, stop: () => group.stop() }
    await delay(POLL_MS)
  }
  await group.stop()
  throw new Error(`PostgreSQL ${version} was not ready within ${READY_MS_MAX} ms:\n${output}`)
}

/** PostgreSQL refuses to run as root. */
async function unprivilegedUser(): Promise<{ uid: number; gid: number } | null> {
  if (process.getuid?.() !== 0) return null
  const line = (await readFile('/etc/passwd', 'utf8'))
    .split('\n')
    .find((entry) => entry.startsWith(`${SUPERUSER}:`))
  const [, , uid, gid] = line?.split(':') ?? []
  return { uid: Number(uid), gid: Number(gid) }
}

async function answers(url: string): Promise<boolean> {
  const database = openDatabase({ url, maxConnections: 1 })
  try {
    await database.query({ text: 'select 1 as here' })
    return true
  } catch {
    return false
  } finally {
    await database.close()
  }
}
