import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type Database, ensureDatabase, hotPathSettings, openDatabase } from '@tollgate/database'
import { startEmbeddedPostgres } from '@tollgate/embedded-postgres'
import { startDebianPostgres } from '@tollgate/testing/debian'
import { startTogether } from '@tollgate/testing/start-together'
import { applyShards } from '../src/shards/apply-shards.ts'
import type { Shard } from '../src/shards/shard.ts'

/** Two shards, each a server of its own, and the proxy database in front of them. */
export type TwoDatabases = {
  proxy: Database
  proxyUrl: string
  shards: readonly [Shard, Shard]
  /** The data directory of each shard. */
  directories: readonly [string, string]
  /** Kills the proxy's server. */
  killProxy(): Promise<void>
  /** Restarts it at the same address. */
  restartProxy(): Promise<void>
  stop(): Promise<void>
}

/** Starts them with `bucketCount` buckets, half of them on each shard. */
export function startTwoDatabases(options: { bucketCount: number }): Promise<TwoDatabases> {
  return startTogether(async (defer) => {
    const folder = await mkdtemp(path.join(tmpdir(), 'tollgate-shards-'))
    defer(() => rm(folder, { recursive: true, force: true }))
    // Debian's server runs as another user, who needs access to its data directory.
    await chmod(folder, 0o711)
    const debian = await startDebianPostgres(path.join(folder, 'proxy'))
    defer(debian.stop)
    const startShard = async (name: string) => {
      const directory = path.join(folder, name)
      const postgres = await startEmbeddedPostgres({ directory })
      defer(() => postgres.stop())
      await ensureDatabase({ url: postgres.url('postgres'), name })
      const url = await withSharedLogin(postgres.url(name))
      const database = openDatabase({ url, maxConnections: 4 })
      defer(() => database.close())
      return { url, database, directory }
    }
    const first = await startShard('shard_0')
    const second = await startShard('shard_1')
    await ensureDatabase({ url: debian.url('postgres'), name: 'metering' })
    const proxyUrl = debian.url('metering')
    const proxy = openDatabase({ url: proxyUrl, settings: { ...hotPathSettings } })
    defer(() => proxy.close())
    await applyShards({ proxy, shards: [first, second], ...options })
    return {
      proxy,
      proxyUrl,
      shards: [first, second] as const,
      directories: [first.directory, second.directory] as const,
      killProxy: debian.kill,
      restartProxy: debian.restart,
    }
  })
}

/** Creates the login that all shards share, and returns the URL with it. */
async function withSharedLogin(url: string): Promise<string> {
  const database = openDatabase({ url, maxConnections: 1 })
  try {
    await database.query({ text: `create role metering superuser login password 'of every shard'` })
  } finally {
    await database.close()
  }
  const shared = new URL(url)
  shared.username = 'metering'
  shared.password = 'of every shard'
  return shared.href
}
