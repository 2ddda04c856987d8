import { ACTING_FOR_HEADER, OPERATION_KEY_HEADER } from '@tollgate/contract'
import {
  httpBatchLink,
  httpBatchStreamLink,
  httpLink,
  httpSubscriptionLink,
  isNonJsonSerializable,
  type Operation,
  splitLink,
  type TRPCLink,
} from '@trpc/client'
import type { AnyRouter } from '@trpc/server'
import { createEventSource } from './links/create-event-source.ts'
import { type ResponseListeners, responseMetadataLink } from './links/response-metadata-link.ts'
import { operationKeyLink } from './links/operation-key-link.ts'
import { retryLink } from './links/retry-link.ts'
import { type AttemptLog, attemptLogLink } from './links/attempt-log-link.ts'
import { operationKeyOf } from './operation-key.ts'
import { NO_TRANSFORMER, type Transformer } from './transformer.ts'

/** Below the URL limit of every proxy and browser. */
const URL_LENGTH_MAX = 2083
/** With more calls per request, a single slow one could delay a whole screen. */
const BATCH_ITEMS_MAX = 10

/** How to reach the server. */
export type Connection = {
  /** The address of the router: "/trpc" or "https://studio.example/trpc". */
  url: string
  /** The API key of a program, sent as its bearer token; never in a browser or an app, whose users could read it. */
  apiKey?: string
  /** A bearer token for callers without cookies. */
  getToken?: () => string | null | Promise<string | null>
  fetch?: typeof globalThis.fetch
  /** Sent with every request: "ios", "android". */
  platform?: string
  /** The three-letter country code of the app store, on a phone that knows it: "USA". Decides what may be sold there. */
  storefront?: string
  /** The account that the window shows. Calls are refused with `account_changed` when its session acts for a different one. */
  actingFor?: () => string | null
  /** Off where responses cannot be read as they arrive; streams are then received as a whole. */
  stream?: boolean
  /** Off where something else retries failed calls. */
  retry?: boolean
}

export type LinkOptions = Connection &
  ResponseListeners & {
    /** The streaming procedures. */
    streams?: Partial<Record<string, true>>
    transformer?: Transformer
    /** Records every attempt of a call with a key, so that an interrupted one is known after a restart. */
    intents: AttemptLog
    /** Which calls are retried here; for the others, something above the links does it. */
    isRetried: (op: Operation) => boolean
  }

/** The chain of links: every mutation gets its key and a request of its own, queries are batched; balances are read from the answers. */
export function createLinks(options: LinkOptions): TRPCLink<AnyRouter>[] {
  const connection = connectionOf(options)
  const ownRequest = httpLink({
    ...connection,
    headers: ({ op }) => headersFor(options, [op]),
  })
  const ownEmptyRequest = httpBatchLink({
    ...connection,
    maxItems: 1,
    headers: ({ opList }) => headersFor(options, opList),
  })
  const ownStream = httpBatchStreamLink({
    ...connection,
    maxItems: 1,
    headers: ({ opList }) => headersFor(options, opList),
  })
  const batched = httpBatchLink({
    ...connection,
    maxItems: BATCH_ITEMS_MAX,
    maxURLLength: URL_LENGTH_MAX,
    headers: ({ opList }) => headersFor(options, opList),
  })
  const { url, transformer } = connection
  return [
    operationKeyLink(),
    responseMetadataLink(options),
    retryLink(options.isRetried),
    attemptLogLink(options.intents),
    splitLink({
      condition: (op) => op.type === 'subscription',
      true: pushLink(options, { url, transformer }),
      false: splitLink({
        condition: (op) => isReadAsItArrives(options, op),
        true: ownStream,
        false: splitLink({
          condition: needsOwnRequest,
          true: splitLink({ condition: isEmpty, true: ownEmptyRequest, false: ownRequest }),
          false: batched,
        }),
      }),
    }),
  ]
}

/** The browser's own `EventSource` when a cookie identifies the caller; otherwise one that sends the token. */
function pushLink(
  options: LinkOptions,
  target: { url: string; transformer: Transformer },
): TRPCLink<AnyRouter> {
  if (!options.apiKey && !options.getToken) return httpSubscriptionLink(target)
  return httpSubscriptionLink({
    ...target,
    EventSource: createEventSource(options.fetch ?? fetch),
    eventSourceOptions: async ({ op }) => ({ headers: await headersFor(options, [op]) }),
  })
}

function connectionOf({ url, fetch, transformer = NO_TRANSFORMER }: LinkOptions) {
  if (!fetch) return { url, transformer }
  const call: typeof fetch = fetch
  return {
    url,
    transformer,
    fetch: (input: RequestInfo | URL, { signal, ...init }: RequestInitEsque = {}) =>
      call(input, { ...init, signal: signal ?? null }),
  }
}

type RequestInitEsque = Omit<RequestInit, 'signal'> & { signal?: AbortSignal | null | undefined }

/** The streaming link cannot send forms or files; their answer is received as a whole. */
function isReadAsItArrives({ stream, streams = {} }: LinkOptions, op: Operation): boolean {
  return stream !== false && Object.hasOwn(streams, op.path) && !isNonJsonSerializable(op.input)
}

/** Every mutation, since any may be billed; and what the browser caches, whose URL must always be the same. */
function needsOwnRequest(op: Operation): boolean {
  return op.type === 'mutation' || op.path === 'billing.catalog'
}

/** Calls without input are sent as a batch of one: a server cannot read a request without a body. */
function isEmpty(op: Operation): boolean {
  return op.type === 'mutation' && op.input === undefined
}

async function headersFor(
  options: LinkOptions,
  operations: readonly Operation[],
): Promise<Record<string, string>> {
  const keys = operations.map(operationKeyOf)
  const token = options.apiKey ?? (await options.getToken?.())
  const actingFor = options.actingFor?.()
  return {
    ...(keys.some(Boolean) ? { [OPERATION_KEY_HEADER]: keys.join(',') } : {}),
    ...(token ? { authorization: `Bearer ${token}` } : {}),
    ...(actingFor ? { [ACTING_FOR_HEADER]: actingFor } : {}),
    ...(options.platform ? { 'x-client-platform': options.platform } : {}),
    ...(options.storefront ? { 'x-storefront': options.storefront } : {}),
  }
}
