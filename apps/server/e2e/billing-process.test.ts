import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { programDatabases } from '@tollgate/testing/database'
import { startProcess } from '@tollgate/testing/faults'
import { freePort } from '@tollgate/testing/free-port'
import { processesWith } from '@tollgate/testing/processes-with'
import { buildPrograms } from '@tollgate/testing/programs'
import { afterEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { openBillingAdmin } from '../fixtures/billing-admin-client.ts'
import { customerOf, signInAsGuest } from '../fixtures/guest.ts'
import { startTestServer } from '../fixtures/start-test-server.ts'

const SERVER = fileURLToPath(new URL('..', import.meta.url))
const PATIENCE_MS = 60_000

/** The pids of the billing process of the server at `url`: only it has the webhook address of that server. */
async function billingProcesses(url: string): Promise<number[]> {
  const found = await processesWith(`BILLING_WEBHOOK_URL=${url}/`)
  return found.map((line) => Number.parseInt(line, 10))
}

describe('the billing process of a server', { timeout: 180_000 }, () => {
  let stop = async () => {}
  afterEach(() => stop())

  it('is started again where it was when it is killed, and receives what was used meanwhile', async () => {
    const server = await startTestServer()
    stop = server.close
    const guest = await signInAsGuest(server.url)
    await guest.read('billing.balance')
    const admin = openBillingAdmin({
      url: server.billingUrl ?? '',
      dataDirectory: server.config.dataDirectory,
    })
    const customer = await customerOf(server.url, guest)
    const running = await billingProcesses(server.url)
    expect(running).toHaveLength(1)
    // No fallback to 0, because signalling pid 0 hits this whole process group.
    const [first = Number.NaN] = running

    process.kill(first, 'SIGKILL')
    const answer = await guest.call('tools.qrCode', { text: 'https://example.test' })
    expect(answer.status).toBe(200)

    const usage = () =>
      admin.api(`/customers/${customer}/usage-balances`, balances).then(
        ({ usageMeterBalances }) => usageMeterBalances,
        () => [],
      )
    await expect
      .poll(usage, { timeout: PATIENCE_MS })
      .toContainEqual(expect.objectContaining({ slug: 'api_calls', availableBalance: 99 }))
    expect(await billingProcesses(server.url)).not.toContain(first)
  })

  it.each([
    ['is killed', 'kill'],
    ['is stopped', 'stop'],
  ] as const)('is gone when the server %s', async (_, end) => {
    const directory = await mkdtemp(path.join(tmpdir(), 'tollgate-billing-process-'))
    const billingPort = await freePort()
    const databases = await programDatabases()
    const { server: program, args } = await buildPrograms()
    const server = await startProcess({
      cwd: SERVER,
      args: [...args, program],
      readyPath: '/readyz',
      environment: (port) => ({
        ...databases,
        PORT: String(port),
        PUBLIC_URL: `http://127.0.0.1:${port}`,
        BILLING_PORT: String(billingPort),
        DATA_DIR: directory,
        LOG_LEVEL: 'warn',
      }),
    })
    stop = async () => {
      await server.kill()
      await rm(directory, { recursive: true, force: true })
    }
    expect(await billingProcesses(server.url)).toHaveLength(1)
    await server[end]()
    await expect.poll(() => processesWith(directory), { timeout: PATIENCE_MS }).toEqual([])
  })
})

const balances = z.object({
  usageMeterBalances: z.array(z.object({ slug: z.string(), availableBalance: z.number() })),
})
