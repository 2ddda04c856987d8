import { Flowglad } from '@flowglad/node'
import { FlowgladServer } from '@flowglad/server'
import type { Clock } from '@tollgate/contract'
import { catalog } from '@tollgate/contract/catalog'
import { flowgladBackend } from '../flowglad-backend.ts'
import type { FlowgladFactory } from '../flowglad-customer.ts'
import type { FlowgladPolicy } from '../policy.ts'
import { startFlowgladStandIn } from './flowglad-stand-in.ts'

/** A stand-in and the backend in front of it: through the published SDK, and its API client unless that is left out. */
export async function openBackend(options: {
  withApi?: boolean
  selfHosted?: boolean
  clock?: Clock
  policy?: Partial<FlowgladPolicy>
}) {
  const { withApi = true, selfHosted = false, clock, policy } = options
  const flowglad = await startFlowgladStandIn()
  const access = { apiKey: 'sk_test', baseURL: flowglad.url }
  const factory: FlowgladFactory = (customerExternalId, getCustomerDetails) =>
    new FlowgladServer({ ...access, customerExternalId, getCustomerDetails })
  const common = { catalog, flowglad: factory, clock, policy: { ...PATIENT, ...policy } }
  const api = new Flowglad({ ...access, logLevel: 'off' })
  const backend = flowgladBackend(withApi ? { ...common, api, selfHosted } : common)
  return { flowglad, backend, [Symbol.asyncDispose]: flowglad[Symbol.asyncDispose] }
}

/** Generous, so that only what a test sets itself can run out on a busy machine. */
const PATIENT = { deadlineMs: 20_000, changeDeadlineMs: 20_000 }
