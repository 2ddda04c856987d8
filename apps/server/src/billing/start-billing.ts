import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import type { Logger } from '@tollgate/contract'
import type { Config } from '../config.ts'
import { billingEnvironment, type BillingSettings } from './billing-environment.ts'
import { BILLING_PROGRAM, type NodeProgram } from './billing-program.ts'
import { BillingStartError } from './billing-start-error.ts'
import { type BillingReady, readReady } from './read-ready.ts'
import { superviseProcess } from './supervise-process.ts'

/** The self-hosted billing backend, in its own process. */
export type Billing = BillingReady & { close(): Promise<void> }

/**
 * Starts the self-hosted billing backend in its own process and on its own port, and waits until it is ready; null if another backend is
 * configured. It is restarted whenever it exits, and never outlives this process. Throws `BillingStartError`, which says what to do.
 */
export async function startBilling(
  config: Config,
  {
    logger,
    program = BILLING_PROGRAM,
    ...settings
  }: BillingSettings & { logger: Logger; program?: NodeProgram },
): Promise<Billing | null> {
  if (config.flowglad) return null
  if (!existsSync(program.file)) throw programMissing(program.file)
  let port = config.billingPort
  const supervised = await superviseProcess({
    name: 'billing',
    logger,
    launch() {
      const child = spawn(process.execPath, [...program.args, program.file], {
        cwd: program.cwd,
        env: billingEnvironment(config, { port, settings }),
        stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
      })
      if (child.stderr) printPrefixed(child.stderr)
      return child
    },
    readReady,
    neverReady: (message) => new BillingStartError('billing_not_started', message),
  })
  // A restart must use the same port, because clients keep its address.
  port = Number(new URL(supervised.ready.url).port)
  return { ...supervised.ready, close: supervised.stop }
}

/** The prefix distinguishes its log lines from the server's. */
function printPrefixed(output: Readable): void {
  createInterface({ input: output }).on('line', (line) => {
    process.stderr.write(`billing: ${line}\n`)
  })
}

function programMissing(file: string): BillingStartError {
  return new BillingStartError(
    'billing_program_missing',
    `The billing program is missing: ${file}. Delete ${path.dirname(file)} where it was built, restore it where it is source, and run npm start again.`,
  )
}
