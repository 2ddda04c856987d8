import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { ensureDatabase } from '@tollgate/database'
import { startEmbeddedPostgres } from '@tollgate/embedded-postgres'
import { z } from 'zod'
import { freePort } from '../src/free-port.ts'
import type { Tarball } from '../src/release/pack-packages.ts'
import { packPublished } from '../src/release/pack-published.ts'
import { startTogether } from '../src/start-together.ts'
import { makeAppProject } from './make-app-project.ts'
import { startProgram } from './start-program.ts'

/** A folder outside the workspace with everything that an app needs to bill calls. */
export type Outside = {
  tarballs: readonly Tarball[]
  /** Where a test creates its files. */
  folder: string
  /** The self-hosted billing backend, run from its tarball. */
  backend: { url: string; apiKey: string }
  /** Starts a compiled app with its own database and waits until it responds. */
  startApp(directory: string, file: string): Promise<{ url: string; stop(): Promise<void> }>
  stop(): Promise<void>
}

/** Builds and packs the packages, and starts a database and the billing backend. */
export function startOutside(): Promise<Outside> {
  return startTogether(async (defer) => {
    const folder = await mkdtemp(path.join(tmpdir(), 'tollgate-outside-'))
    defer(() => rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 }))
    const tarballs = await packPublished(path.join(folder, 'tarballs'))
    const postgres = await startEmbeddedPostgres({ directory: path.join(folder, 'postgres') })
    defer(() => postgres.stop())
    const makeDatabase = async (name: string) => {
      await ensureDatabase({ url: postgres.url('postgres'), name })
      return postgres.url(name)
    }
    const backend = await startBackend(
      path.join(folder, 'billing'),
      tarballs,
      await makeDatabase('billing'),
    )
    defer(backend.stop)
    let apps = 0
    return {
      tarballs,
      folder,
      backend,
      async startApp(directory, file) {
        const port = await freePort()
        const url = `http://127.0.0.1:${port}`
        const app = startProgram(directory, file, {
          PORT: String(port),
          DATABASE_URL: await makeDatabase(`app_${++apps}`),
          BILLING_SECRET: 'a secret of at least thirty-two characters',
          FLOWGLAD_SECRET_KEY: backend.apiKey,
          FLOWGLAD_BASE_URL: backend.url,
        })
        defer(app.stop)
        await app.until(() =>
          fetch(url).then(
            () => true,
            () => null,
          ),
        )
        return { url, stop: app.stop }
      },
    }
  })
}

async function startBackend(
  directory: string,
  tarballs: readonly Tarball[],
  databaseUrl: string,
): Promise<{ url: string; apiKey: string; stop(): Promise<void> }> {
  await makeAppProject({ directory, tarballs, ours: ['@tollgate/ledger'], others: {} })
  const program = startProgram(directory, 'billing.mjs', { DATABASE_URL: databaseUrl })
  const printed = await program.until(() => /^\{.*\}$/m.exec(program.output()))
  const started = z.object({ url: z.string(), apiKey: z.string() })
  return { ...started.parse(JSON.parse(printed[0])), stop: program.stop }
}
