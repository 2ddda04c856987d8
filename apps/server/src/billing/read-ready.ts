import { z } from 'zod'
import { BillingStartError } from './billing-start-error.ts'

/** Parses the ready message of the billing process; throws `BillingStartError` if it reports a problem instead. */
export function readReady(message: unknown): BillingReady {
  const said = saidSchema.parse(message)
  if ('failed' in said) throw new BillingStartError(said.failed.code, said.failed.message)
  return said
}

/** The address of the backend, and its API key. */
export type BillingReady = z.output<typeof readySchema>

const readySchema = z.object({ url: z.string(), publicUrl: z.string(), apiKey: z.string() })
const failureSchema = z.object({
  code: z.enum([
    'billing_port_taken',
    'billing_port_forbidden',
    'billing_setting_invalid',
    'billing_not_started',
  ]),
  message: z.string(),
})
const saidSchema = z.union([readySchema, z.object({ failed: failureSchema })])
