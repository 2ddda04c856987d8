import { PricingFileError } from '@tollgate/contract/pricing'
import { z } from 'zod'

/** Why this program could not start, and what to do about it; the server in front knows the same codes. */
export type StartFailure = {
  code:
    | 'billing_port_taken'
    | 'billing_port_forbidden'
    | 'billing_setting_invalid'
    | 'billing_not_started'
  message: string
}

/** Explains an error that was thrown during startup. */
export function explainStart(error: unknown): StartFailure {
  if (error instanceof z.ZodError) {
    const message = `The environment of the billing process cannot be used:\n${z.prettifyError(error)}`
    return { code: 'billing_setting_invalid', message }
  }
  if (error instanceof PricingFileError) {
    return { code: 'billing_setting_invalid', message: `${error.message} (BILLING_PRICING)` }
  }
  return explainSystemError(systemErrorSchema.safeParse(error).data) ?? unexplained(error)
}

const systemErrorSchema = z.object({
  code: z.string(),
  syscall: z.string().optional(),
  port: z.number().optional(),
  path: z.string().optional(),
})

function explainSystemError(
  error: z.output<typeof systemErrorSchema> | undefined,
): StartFailure | null {
  if (error?.syscall === 'listen' && error.code === 'EADDRINUSE') {
    const message = `Port ${error.port} (BILLING_PORT) is taken. Stop the program that listens there, or set BILLING_PORT to another port.`
    return { code: 'billing_port_taken', message }
  }
  if (error?.syscall === 'listen' && error.code === 'EACCES') {
    const message = `Port ${error.port} (BILLING_PORT) is not open to this user. Set BILLING_PORT to a port above 1023.`
    return { code: 'billing_port_forbidden', message }
  }
  if (error?.code === 'ENOENT' && error.path !== undefined) {
    const message = `The file ${error.path} does not exist. Correct the setting that names it, BILLING_PRICING or DATA_DIR, or restore the file.`
    return { code: 'billing_setting_invalid', message }
  }
  return null
}

function unexplained(error: unknown): StartFailure {
  const reason = error instanceof Error ? error.message : String(error)
  const message = `The billing process could not start: ${reason} Its own log lines above say more; correct that and start again.`
  return { code: 'billing_not_started', message }
}
