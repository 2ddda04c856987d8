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

/** Under every proxy's and browser's limit for one URL. */
const URL_LENGTH_MAX = 2083
/** More calls in one request would let a single slow one hold up a whole screen. */
const BATCH_ITEMS_MAX = 10

/** How to reach the server. */
export type Connection = {
  /** Where the router answers: "/trpc" or "https://studio.example/trpc". */
  url: string
  /** The API key of a program, sent as its bearer token; never in a browser or an app, whose users could read it. */
  apiKey?: string
  /** A bearer token for callers without cookies. */
  getToken?: () => string | null | Promise<string | null>
  fetch?: typeof globalThis.fetch
  /** Sent with every request: "ios", "android". */
  platform?: string
  /** Three letters of the app store's country on a phone that knows it: "USA". Decides what may be sold there. */
  storefront?: string
  /** The account that the window shows. When its session acts for another one by now, calls are refused with `account_changed`. */
  actingFor?: () => string | null
  /** Off where responses cannot be read as they arrive; streams then come in one piece. */
  stream?: boolean
  /** Off where a failed call is tried again by something else. */
  retry?: boolean
}

export type LinkOptions = Connection &
  ResponseListeners & {
    /** The procedures that answer piece by piece. */
    streams?: Partial<Record<string, true>>
    transformer?: Transformer
    /** Records every attempt of a call with a key, so that an interrupted one is known after a restart. */
    intents: AttemptLog
    /** Which calls follow the retry policy here, because nothing above the links does it for them. */
    isRetried: (op: Operation) => boolean
  }

/** The way of a call: every mutation gets its key and a request of its own, queries share one; balances are read off the answers. */
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

/** Where a cookie says who is calling, the browser's own way; otherwise one that sends the token. */
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

/** A form or a file cannot be sent by the link that reads streams; its answer comes in one piece. */
function isReadAsItArrives({ stream, streams = {} }: LinkOptions, op: Operation): boolean {
  return stream !== false && Object.hasOwn(streams, op.path) && !isNonJsonSerializable(op.input)
}

/** Every mutation, for any of them may be billed. And what the browser keeps, whose address must be the same every time. */
function needsOwnRequest(op: Operation): boolean {
  return op.type === 'mutation' || op.path === 'billing.catalog'
}

/** What takes nothing is sent as a batch of one: a server cannot read a request without a body. */
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
