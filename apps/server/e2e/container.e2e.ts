import { once } from 'node:events'
import { chmod, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { openDatabase } from '@tollgate/database'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@tollgate/embedded-postgres'
import { freePort } from '@tollgate/testing/free-port'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readDockerfile } from '../fixtures/read-dockerfile.ts'
import { buildFileSystem, type FileSystem } from './container/build-file-system.ts'
import { IMAGE_BYTES_MAX } from './container/image-bytes-max.ts'
import { imagesLeft, playReadmeStory } from './container/play-readme-story.ts'
import {
  checkHealth,
  launchInFileSystem,
  startInFileSystem,
} from './container/run-in-file-system.ts'
import { writeBase } from './container/write-base.ts'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const DEPLOY = path.join(ROOT, 'apps/server/deploy')

/** Far less than a container daemon waits before SIGKILL. */
const STOP_MS_MAX = 5000

let folder = ''
let system: FileSystem
let postgres: EmbeddedPostgres
let environment: Record<string, string>

beforeAll(async () => {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) {
    throw new Error('Without a daemon the file system can only be entered by root, on Linux.')
  }
  folder = await mkdtemp(path.join(tmpdir(), 'tollgate-container-'))
  // The embedded database runs as another user.
  await chmod(folder, 0o755)
  system = await buildFileSystem(readDockerfile(path.join(DEPLOY, 'Dockerfile')), {
    context: ROOT,
    folder,
    writeBase: (root) => writeBase(root, ROOT),
  })
  postgres = await startEmbeddedPostgres({ directory: path.join(folder, 'postgres') })
  await createDatabases()
  const port = String(await freePort())
  environment = {
    PORT: port,
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    BILLING_PORT: String(await freePort()),
    DATABASE_URL: urlOf('tollgate'),
    BILLING_DATABASE_URL: urlOf('billing'),
  }
})
afterAll(async () => {
  await postgres?.stop()
  if (folder) await rm(folder, { recursive: true, force: true })
})

describe('the image', () => {
  it('weighs no more than 250 MB', async () => {
    const bytes = await bytesOf(system.root)
    process.stdout.write(`The image weighs ${(bytes / 1_000_000).toFixed(0)} MB.\n`)
    expect(bytes).toBeGreaterThan(100_000_000)
    expect(bytes).toBeLessThanOrEqual(IMAGE_BYTES_MAX)
  })

  it('has nothing that its user can write to but the volume and the temporary files', async () => {
    const writable = (await readdir(system.root)).map(async (name) => {
      const { uid, mode } = await stat(path.join(system.root, name))
      return uid === system.user.uid || (mode & 0o002) !== 0 ? name : null
    })
    expect((await Promise.all(writable)).filter((name) => name !== null)).toEqual(['data', 'tmp'])
  })

  it('lets a guest make a card and pays for it from ten images, over a restart', async () => {
    const url = environment['PUBLIC_URL'] ?? ''
    const first = await startInFileSystem(system, environment)
    const guest = await playReadmeStory(url)
    expect(first.output()).not.toContain('superuser')
    expect(await first.stop(), first.output()).toBe(0)
    expect(await checkHealth(system, environment)).toBe(1)

    const second = await startInFileSystem(system, environment)
    // The secrets are in the volume, so the session is still valid.
    expect(await imagesLeft(guest)).toBe(9)
    expect(await second.stop(), second.output()).toBe(0)
  })

  it('ends when it is stopped while it waits for its database', async () => {
    const port = await freePort()
    const silent = createServer().listen(port, '127.0.0.1')
    const waiting = launchInFileSystem(system, {
      ...environment,
      DATABASE_URL: `postgres://tollgate:example@127.0.0.1:${port}/tollgate`,
    })
    try {
      const [connection] = await once(silent, 'connection')
      const ended = await Promise.race([waiting.stop(), delay(STOP_MS_MAX, 'still running')])
      expect(ended, waiting.output()).toBe(0)
      connection.destroy()
    } finally {
      waiting.kill()
      silent.close()
    }
  })
})

/** Like the first start of a Postgres container; a test's password needs no quoting. */
async function createDatabases(): Promise<void> {
  const script = await readFile(path.join(DEPLOY, 'create-databases.sql'), 'utf8')
  const statements = script
    .replaceAll(/^(?:--|\\).*$/gm, '')
    .replaceAll(":'password'", "'example'")
    .split(';')
    .map((statement) => statement.trim())
  const database = openDatabase({ url: postgres.url('postgres'), maxConnections: 1 })
  for (const text of statements.filter(Boolean)) await database.query({ text })
  await database.close()
}

function urlOf(database: string): string {
  return `postgres://tollgate:example@127.0.0.1:${postgres.port}/${database}`
}

async function bytesOf(place: string): Promise<number> {
  const entries = await readdir(place, { withFileTypes: true, recursive: true })
  const files = entries.filter((entry) => entry.isFile())
  const sizes = await Promise.all(
    files.map(async ({ parentPath, name }) => (await stat(path.join(parentPath, name))).size),
  )
  return sizes.reduce((sum, size) => sum + size, 0)
}
