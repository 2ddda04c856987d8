import { Flowglad } from '@flowglad/node'
import { FlowgladServer } from '@flowglad/nextjs/server'
import type { BillingBackend, Logger } from '@tollgate/contract'
import { catalog } from '@tollgate/contract/catalog'
import { flowgladBackend, type FlowgladPolicy } from '@tollgate/flowglad'

/** The address of Flowglad's hosted service. */
const HOSTED_URL = 'https://app.flowglad.com/'

/** Connects to a billing backend through Flowglad's own SDK. No other file imports it. */
export function openFlowglad(options: {
  apiKey: string
  /** Defaults to the hosted service; our self-hosted backend has the same API. */
  baseUrl?: string | undefined
  logger?: Logger
  policy?: Partial<FlowgladPolicy>
}): BillingBackend {
  const { apiKey, baseUrl: baseURL = HOSTED_URL, logger, policy } = options
  return flowgladBackend({
    catalog,
    flowglad: (customerExternalId, getCustomerDetails) =>
      new FlowgladServer({ apiKey, baseURL, customerExternalId, getCustomerDetails }),
    api: new Flowglad({ apiKey, baseURL, logLevel: 'off' }),
    selfHosted: new URL(baseURL).host !== new URL(HOSTED_URL).host,
    logger,
    policy,
  })
}
