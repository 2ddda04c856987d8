import { connect, createServer } from 'node:net'
import { once } from 'node:events'
import { type Logger, silentLogger } from '@tollgate/contract'
import { programDatabases } from '@tollgate/testing/database'
import { freePort } from '@tollgate/testing/free-port'
import { expect, it, onTestFinished } from 'vitest'
import { startTestServer } from '../fixtures/start-test-server.ts'

it('waits for a database that is away when the server starts, as while another server hands it over', async () => {
  const databases = await programDatabases()
  const [database, billing] = [
    new URL(databases.DATABASE_URL),
    new URL(databases.BILLING_DATABASE_URL),
  ]
  const port = await freePort()
  const address = { host: database.hostname, port: Number(database.port) }
  for (const url of [database, billing]) url.port = String(port)
  const opening = new AbortController()
  const logger: Logger = {
    ...silentLogger,
    warn: (fields, message) => {
      if (String(message).startsWith('database: unavailable at start')) opening.abort()
      silentLogger.warn(fields, message)
    },
  }
  const opened = once(opening.signal, 'abort').then(() => forward(port, address))

  const server = await startTestServer(
    { DATABASE_URL: database.href, BILLING_DATABASE_URL: billing.href },
    undefined,
    logger,
  )
  onTestFinished(async () => {
    await server.close()
    ;(await opened).close()
  })
  expect((await fetch(`${server.url}/readyz`)).status).toBe(200)
})

/** Forwards every connection to a port to an address. */
async function forward(port: number, address: { host: string; port: number }) {
  const proxy = createServer((incoming) => {
    const outgoing = connect(address)
    for (const [from, to] of [
      [incoming, outgoing],
      [outgoing, incoming],
    ] as const) {
      from.on('error', () => to.destroy())
      from.pipe(to)
    }
  })
  proxy.listen(port, '127.0.0.1')
  await once(proxy, 'listening')
  return proxy
}
