import { randomBytes } from 'node:crypto'
import { chown, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Logger } from '@tollgate/contract'
import type { Binaries } from './find-binaries.ts'
import type { Cluster } from './cluster.ts'
import { EmbeddedPostgresError } from './embedded-postgres-error.ts'
import type { Launcher } from './launcher.ts'
import { readOrNull } from './read-or-null.ts'
import { runToEnd } from './run-to-end.ts'

const MAJOR_VERSION = '18'
const RETRY = { maxRetries: 20, retryDelay: 100 }

/** The embedded server's initial role. */
export const SUPERUSER = 'postgres'

/** Creates the data directory unless it exists, and returns the superuser's password. */
export async function initializeCluster(
  cluster: Cluster,
  options: { binaries: Binaries; launcher: Launcher; logger: Logger },
): Promise<string> {
  const version = await readOrNull(path.join(cluster.directory, 'PG_VERSION'))
  if (version !== null) {
    refuseOtherVersion(cluster, version.trim())
    return existingPassword(cluster)
  }
  await refuseForeignFiles(cluster)
  const startedAt = performance.now()
  const password = await newPassword(cluster)
  const unfinished = await emptyFolder(cluster, options.launcher)
  await runInitdb(unfinished, password, options)
  // The rename creates the directory atomically: a start that dies earlier leaves nothing unfinished there.
  await rename(unfinished, cluster.directory)
  const milliseconds = Math.round(performance.now() - startedAt)
  options.logger.info(
    { directory: cluster.directory, milliseconds },
    'embedded postgres: data directory initialized',
  )
  return password
}

async function runInitdb(
  directory: string,
  password: string,
  { binaries, launcher }: { binaries: Binaries; launcher: Launcher },
): Promise<void> {
  // A copy, because the user that runs the server may not be able to read the original.
  const passwordFile = `${directory}.password`
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 })
  await giveTo(launcher, passwordFile)
  const { succeeded, output } = await runToEnd(launcher, binaries.initdb, [
    `--pgdata=${directory}`,
    `--username=${SUPERUSER}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--no-instructions',
  ])
  await rm(passwordFile)
  if (succeeded) return
  throw new EmbeddedPostgresError('init_failed', `initdb failed in ${directory}: ${output}`)
}

async function emptyFolder(cluster: Cluster, launcher: Launcher): Promise<string> {
  // Left behind by killed starts; no other process can be creating one while we hold the start lock.
  const parent = path.dirname(cluster.directory)
  const prefix = path.basename(cluster.unfinished)
  for (const name of await readdir(parent)) {
    if (!name.startsWith(prefix)) continue
    // An initdb whose parent was killed may still be writing; it fails soon without its files.
    await rm(path.join(parent, name), { recursive: true, force: true, ...RETRY })
  }
  const folder = `${cluster.unfinished}${process.pid}`
  await mkdir(folder, { mode: 0o700 })
  await giveTo(launcher, folder)
  return folder
}

async function giveTo(launcher: Launcher, file: string): Promise<void> {
  if (launcher.kind !== 'user') return
  await chown(file, launcher.uid, launcher.gid)
}

async function newPassword(cluster: Cluster): Promise<string> {
  const left = await readOrNull(cluster.password)
  if (left !== null && left.trim() !== '') return left.trim()
  const password = randomBytes(24).toString('base64url')
  await writeFile(cluster.password, `${password}\n`, { mode: 0o600 })
  return password
}

async function existingPassword(cluster: Cluster): Promise<string> {
  const password = await readOrNull(cluster.password)
  if (password !== null && password.trim() !== '') return password.trim()
  throw new EmbeddedPostgresError(
    'password_missing',
    `${cluster.directory} holds a database, but its password file ${cluster.password} is gone. Restore that file, or move the directory away to start empty.`,
  )
}

function refuseOtherVersion(cluster: Cluster, version: string): void {
  if (version === MAJOR_VERSION) return
  throw new EmbeddedPostgresError(
    'wrong_version',
    `${cluster.directory} was made by PostgreSQL ${version}; this one is ${MAJOR_VERSION}. Dump it with the old version and load it with the new one, or choose another DATA_DIR.`,
  )
}

async function refuseForeignFiles(cluster: Cluster): Promise<void> {
  const files = await readdir(cluster.directory).catch(() => [])
  if (files.length === 0) return
  throw new EmbeddedPostgresError(
    'not_a_data_directory',
    `${cluster.directory} is not empty and holds no database. Choose another DATA_DIR, or move what is there away.`,
  )
}
