import { spawn } from 'node:child_process'
import type { Logger } from '@tollgate/contract'
import { z } from 'zod'
import type { Config } from '../config.ts'
import { billingEnvironment, type BillingSettings } from './billing-environment.ts'
import { BILLING_PROGRAM } from './billing-program.ts'
import { prefixLines } from './prefix-lines.ts'
import { superviseProcess } from './supervise-process.ts'

/** The self-hosted billing backend, in a process of its own. */
export type Billing = {
  url: string
  /** How people reach its checkout pages. */
  publicUrl: string
  apiKey: string
  close(): Promise<void>
}

/**
 * Starts the self-hosted billing backend on its own port and its own core, and waits until it answers; null when another backend is
 * configured. It is started again when it ends, and never outlives this process.
 */
export async function startBilling(
  config: Config,
  { logger, ...settings }: BillingSettings & { logger: Logger },
): Promise<Billing | null> {
  if (config.flowglad) return null
  let port = config.billingPort
  const supervised = await superviseProcess({
    name: 'billing',
    logger,
    launch() {
      const child = spawn(process.execPath, BILLING_PROGRAM.args, {
        cwd: BILLING_PROGRAM.cwd,
        env: billingEnvironment(config, { port, settings }),
        stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
      })
      if (child.stderr) prefixLines(child.stderr, 'billing: ', process.stderr)
      return child
    },
    readReady: (message) => readySchema.parse(message),
  })
  // Where it was found once, it is found again.
  port = Number(new URL(supervised.ready.url).port)
  return { ...supervised.ready, close: supervised.stop }
}

const readySchema = z.object({ url: z.string(), publicUrl: z.string(), apiKey: z.string() })
