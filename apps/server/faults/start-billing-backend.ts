import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { type FaultyProcess, startProcess } from '@tollgate/testing/faults'

const BILLING = fileURLToPath(new URL('../../billing', import.meta.url))

/** The self-hosted billing backend as a process of its own, and the key that opens it. */
export type BillingBackendProcess = { url: string; apiKey: string; process: FaultyProcess }

/** Starts it with its books in the database at `databaseUrl`. */
export async function startBillingBackend(options: {
  databaseUrl: string
  dataDirectory: string
}): Promise<BillingBackendProcess> {
  const started = await startProcess({
    cwd: BILLING,
    args: ['--import', 'tsx', 'src/main.ts'],
    readyPath: '/healthz',
    environment: (port) => ({
      BILLING_PORT: String(port),
      BILLING_DATABASE_URL: options.databaseUrl,
      DATA_DIR: options.dataDirectory,
      LOG_LEVEL: 'warn',
    }),
  })
  const key = await readFile(path.join(options.dataDirectory, 'billing-api-key'), 'utf8')
  return { url: started.url, apiKey: key.trim(), process: started }
}
