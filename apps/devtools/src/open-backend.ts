import type { BillingBackend } from '@tollgate/contract'
import { openFlowglad, type readConfig, selfHostedBackend } from '@tollgate/server'

/** Connects to the billing backend that the server uses; throws if there is no key for it yet. */
export function openBackend(config: ReturnType<typeof readConfig>): BillingBackend {
  const target = config.flowglad ?? selfHostedBackend(config)
  if (target) return openFlowglad(target)
  throw new Error(
    `There is no key of the self-hosted backend in ${config.dataDirectory}. Start the server once, or set FLOWGLAD_SECRET_KEY.`,
  )
}
