import { FlowgladServer, FlowgladServerAdmin } from '@flowglad/nextjs/server'
import type { BillingCustomer } from '@tollgate/contract'
import { describeCustomer } from './describe-customer.ts'

/** Flowglad's SDK as one request uses it: bound to that request's signal, without retries of its own. */
export type Sdk = {
  admin: FlowgladServerAdmin
  server(customer: BillingCustomer): FlowgladServer
  /** For the routes of Flowglad's API that the SDK has no method for. */
  post(path: string, body: unknown): Promise<unknown>
  get(path: string, query: Query): Promise<unknown>
}

type Query = Record<string, string | number | undefined>
type SdkOptions = { apiKey: string; baseUrl: string; deadlineMs: number; signal: AbortSignal }

/** Opens the SDK for one request; it is cheap, and only so can the request be abandoned. */
export function openSdk(options: SdkOptions): Sdk {
  const admin = new FlowgladServerAdmin(clientOptions(options))
  return {
    admin,
    server(customer) {
      const server = new FlowgladServer({
        customerExternalId: customer.customerId,
        getCustomerDetails: () => Promise.resolve(describeCustomer(customer)),
        apiKey: options.apiKey,
        baseURL: options.baseUrl,
      })
      // This class passes only key and URL on, so its client would retry three times with a minute each.
      Reflect.set(server, CLIENT_FIELD, innerClient(server).withOptions(clientOptions(options)))
      return server
    },
    post: (path, body) => innerClient(admin).post(path, { body }),
    get: (path, query) => innerClient(admin).get(path, { query }),
  }
}

/** The SDK's one private field we reach into; a test holds it there. */
const CLIENT_FIELD = 'flowgladNode'

function clientOptions({ apiKey, baseUrl, deadlineMs, signal }: SdkOptions) {
  return {
    apiKey,
    baseURL: baseUrl,
    maxRetries: 0,
    timeout: deadlineMs,
    // The SDK's own timeout ends with the headers; the signal covers a body that stalls as well.
    fetch: (input: string | URL | Request, init?: RequestInit) =>
      fetch(input, {
        ...init,
        signal: init?.signal ? AbortSignal.any([init.signal, signal]) : signal,
      }),
    logLevel: 'off',
  } as const
}

type InnerClient = {
  withOptions(options: ReturnType<typeof clientOptions>): unknown
  post(path: string, options: { body: unknown }): Promise<unknown>
  get(path: string, options: { query: Query }): Promise<unknown>
}

function innerClient(holder: FlowgladServer | FlowgladServerAdmin): InnerClient {
  const client: unknown = Reflect.get(holder, CLIENT_FIELD)
  if (!isInnerClient(client)) {
    throw new Error(
      `@flowglad/server no longer keeps its client in "${CLIENT_FIELD}": pin 0.18.0 or adapt packages/flowglad/src/sdk.ts.`,
    )
  }
  return client
}

function isInnerClient(value: unknown): value is InnerClient {
  return (
    typeof value === 'object' &&
    value !== null &&
    'withOptions' in value &&
    typeof value.withOptions === 'function' &&
    'post' in value &&
    typeof value.post === 'function' &&
    'get' in value &&
    typeof value.get === 'function'
  )
}
