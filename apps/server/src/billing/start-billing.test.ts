import { once } from 'node:events'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { silentLogger } from '@tollgate/contract'
import { programDatabases } from '@tollgate/testing/database'
import { freePort } from '@tollgate/testing/free-port'
import { afterEach, expect, it } from 'vitest'
import { readConfig } from '../config.ts'
import { bundleBilling } from '../../fixtures/bundle-billing.ts'
import type { NodeProgram } from './billing-program.ts'
import { startBilling } from './start-billing.ts'

const MS_MAX = 60_000

let other: Server | null = null
afterEach(() => other?.close())

/** Starts billing with these variables and returns the error. */
async function failureWith(
  environment: Record<string, string>,
  given?: NodeProgram,
): Promise<unknown> {
  const program = given ?? (await bundleBilling())
  const databases = await programDatabases()
  const config = readConfig({
    NODE_ENV: 'test',
    LOG_LEVEL: 'silent',
    DATA_DIR: tmpdir(),
    BILLING_PORT: String(await freePort()),
    ...databases,
    ...environment,
  })
  const started = startBilling(config, {
    database: { url: databases.BILLING_DATABASE_URL, rolePassword: undefined },
    allowedReturnOrigins: [],
    webhookSecret: undefined,
    logger: silentLogger,
    program,
  })
  return started.then(
    async (billing) => {
      await billing?.close()
      return 'started'
    },
    (error: unknown) => error,
  )
}

it(
  'names the port, and the variable that sets it, when another program has it',
  async () => {
    other = createServer()
    other.listen(0, '127.0.0.1')
    await once(other, 'listening')
    const address = other.address()
    const port = typeof address === 'object' ? address?.port : 0
    expect(await failureWith({ BILLING_PORT: String(port) })).toMatchObject({
      name: 'BillingStartError',
      code: 'billing_port_taken',
      message: expect.stringMatching(`Port ${port} \\(BILLING_PORT\\) is taken.*set BILLING_PORT`),
    })
  },
  MS_MAX,
)

it(
  'names a price list that is not there, and the variable that names it',
  async () => {
    const missing = path.join(tmpdir(), 'no-such-pricing.yaml')
    expect(await failureWith({ BILLING_PRICING: missing })).toMatchObject({
      name: 'BillingStartError',
      code: 'billing_setting_invalid',
      message: expect.stringMatching(`${missing} does not exist.*BILLING_PRICING`),
    })
  },
  MS_MAX,
)

it(
  'names a variable that only the billing process reads and cannot use',
  async () => {
    expect(await failureWith({ BILLING_URL: 'nowhere' })).toMatchObject({
      name: 'BillingStartError',
      code: 'billing_setting_invalid',
      message: expect.stringContaining('BILLING_URL'),
    })
  },
  MS_MAX,
)

it('names the program when it is missing', async () => {
  const program = { file: '/nowhere/billing.js', args: [], cwd: '/' }
  expect(await failureWith({}, program)).toMatchObject({
    name: 'BillingStartError',
    code: 'billing_program_missing',
    message: expect.stringContaining('/nowhere/billing.js'),
  })
})

it('points to the log when nothing else is known', async () => {
  const args = ['--eval', 'process.exit(7)']
  const program = { file: import.meta.filename, args, cwd: import.meta.dirname }
  expect(await failureWith({}, program)).toMatchObject({
    name: 'BillingStartError',
    code: 'billing_not_started',
    message: expect.stringContaining('log lines above'),
  })
})
