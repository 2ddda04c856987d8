import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import type { Cluster } from './cluster.ts'
import { EmbeddedPostgresError } from './embedded-postgres-error.ts'
import type { Launcher } from './launcher.ts'
import { runToEnd } from './run-to-end.ts'

type SystemUser = { name: string; uid: number; gid: number }

// In this order; uses the first that can access the programs and the data directory.
const UNPRIVILEGED_USERS = ['postgres', 'nobody']

/** Chooses the OS user that runs the server; refuses a data directory that belongs to another user. */
export async function chooseLauncher(cluster: Cluster, program: string): Promise<Launcher> {
  const uid = process.getuid?.() ?? 0
  const owner = await ownerOf(cluster.directory)
  if (uid !== 0) {
    if (owner !== null && owner !== uid) throw foreign(cluster, owner)
    return { kind: 'direct' }
  }

  const users = await unprivilegedUsers()
  const former = users.find((user) => user.uid === owner)
  if (owner !== null && owner !== 0 && former === undefined) throw foreign(cluster, owner)

  if (former === undefined && (await namespaceWorks(program))) return { kind: 'namespace' }
  const candidates = former === undefined ? users : [former]
  for (const user of owner === 0 ? [] : candidates) {
    const launcher = { kind: 'user', ...user } as const
    if (await canWork(launcher, cluster, program)) return launcher
  }
  throw new EmbeddedPostgresError(
    'no_user_to_run_as',
    'PostgreSQL does not run as root, and here neither a user namespace nor the user postgres or nobody can run it. ' +
      `Start as an ordinary user, or move the data out of root's home (DATA_DIR, now ${path.dirname(cluster.directory)}), ` +
      'or set DATABASE_URL to a server of your own.',
  )
}

async function namespaceWorks(program: string): Promise<boolean> {
  if (process.platform !== 'linux') return false
  return (await runToEnd({ kind: 'namespace' }, program, ['--version'])).succeeded
}

async function canWork(launcher: Launcher, cluster: Cluster, program: string): Promise<boolean> {
  const folder = path.dirname(cluster.directory)
  const script = 'cd "$1" && exec "$2" --version'
  return (await runToEnd(launcher, '/bin/sh', ['-c', script, 'sh', folder, program])).succeeded
}

async function unprivilegedUsers(): Promise<SystemUser[]> {
  const lines = await readFile('/etc/passwd', 'utf8').catch(() => '')
  const users = lines.split('\n').flatMap((line) => {
    const [name = '', , uid, gid] = line.split(':')
    const user = { name, uid: Number(uid), gid: Number(gid) }
    return user.uid > 0 && user.gid > 0 ? [user] : []
  })
  return UNPRIVILEGED_USERS.flatMap((name) => users.find((user) => user.name === name) ?? [])
}

async function ownerOf(directory: string): Promise<number | null> {
  const found = await stat(directory).catch(() => null)
  return found?.uid ?? null
}

function foreign(cluster: Cluster, owner: number): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    'foreign_owner',
    `${cluster.directory} belongs to the OS user number ${owner}. Start as that user, or choose another DATA_DIR.`,
  )
}
