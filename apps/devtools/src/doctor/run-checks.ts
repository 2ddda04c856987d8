import { fileURLToPath } from 'node:url'
import type { Config } from '@tollgate/server'
import { checkBackend } from './check-backend.ts'
import { checkBackup } from './check-backup.ts'
import { checkDataDirectory } from './check-data-directory.ts'
import { checkDatabase } from './check-database.ts'
import { checkInstall } from './check-install.ts'
import { checkNode } from './check-node.ts'
import { checkPort } from './check-port.ts'
import { checkWebhooks } from './check-webhooks.ts'
import type { Finding } from './finding.ts'

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url))

/** Checks everything the server needs, without changing anything. */
export async function runChecks(config: Config): Promise<Finding[]> {
  const { host, port, billingPort, flowglad, dataDirectory } = config
  const serverPort = await checkPort({ variable: 'PORT', host, port, ownPage: '/healthz' })
  const serverIsRunning = serverPort.state === 'ok' && serverPort.detail !== 'free'
  const billing = { variable: 'BILLING_PORT', host: '127.0.0.1', port: billingPort }
  return [
    checkNode(),
    checkInstall(ROOT),
    serverPort,
    ...(flowglad ? [] : [await checkPort({ ...billing, ownPage: '/healthz' })]),
    checkDataDirectory(dataDirectory),
    ...(await checkDatabase(config)),
    await checkBackup({ ...config, now: Date.now() }),
    ...(await checkBackend({ flowglad, dataDirectory, billingPort, serverIsRunning })),
    checkWebhooks(flowglad),
  ]
}
