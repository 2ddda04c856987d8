import { OPERATION_KEY_HEADER } from '@tollgate/contract'
import {
  httpBatchLink,
  httpBatchStreamLink,
  httpLink,
  httpSubscriptionLink,
  type Operation,
  splitLink,
  type TRPCLink,
} from '@trpc/client'
import type { AnyRouter } from '@trpc/server'
import { type AnswerListeners, answerLink } from './links/answer-link.ts'
import { OPERATION_KEY_CONTEXT, operationKeyLink } from './links/operation-key-link.ts'
import { retryLink } from './links/retry-link.ts'
import { type TryLog, tryLink } from './links/try-link.ts'
import { mutationKind } from './mutation-kinds.ts'

/** Under every proxy's and browser's limit for one URL. */
const URL_LENGTH_MAX = 2083
/** More calls in one request would let a single slow one hold up a whole screen. */
const BATCH_ITEMS_MAX = 10

export type LinkOptions = AnswerListeners & {
  /** Where the router answers: "/trpc" or "https://studio.example/trpc". */
  url: string
  /** A bearer token for callers without cookies. */
  getToken?: () => string | null | Promise<string | null>
  fetch?: typeof globalThis.fetch
  /** Sent with every request: "ios", "android". */
  platform?: string
  /** Three letters of the app store's country on a phone that knows it: "USA". Decides what may be sold there. */
  storefront?: string
  /** Told of every try of a billed call, so that a cut-off one is known after a restart. */
  intents?: TryLog
  /** Off where something above the links already follows the retry policy. */
  retry?: boolean
  /** Off where responses cannot be read as they arrive; streams then come in one piece. */
  stream?: boolean
}

/** The way of a call: key out of the variables, balance out of the answer, billed calls on their own. */
export function createLinks(options: LinkOptions): TRPCLink<AnyRouter>[] {
  const connection = connectionOf(options)
  const ownRequest = httpLink({
    ...connection,
    headers: ({ op }) => headersFor(options, [op]),
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
  return [
    answerLink(options),
    operationKeyLink(),
    ...(options.retry === false ? [] : [retryLink()]),
    ...(options.intents ? [tryLink(options.intents)] : []),
    splitLink({
      condition: (op) => op.type === 'subscription',
      true: httpSubscriptionLink({ url: options.url }),
      false: splitLink({
        condition: isBilledStream,
        true: options.stream === false ? ownRequest : ownStream,
        false: splitLink({ condition: needsOwnRequest, true: ownRequest, false: batched }),
      }),
    }),
  ]
}

function connectionOf({ url, fetch }: LinkOptions) {
  if (!fetch) return { url }
  const call: typeof fetch = fetch
  return {
    url,
    fetch: (input: RequestInfo | URL, { signal, ...init }: RequestInitEsque = {}) =>
      call(input, { ...init, signal: signal ?? null }),
  }
}

type RequestInitEsque = Omit<RequestInit, 'signal'> & { signal?: AbortSignal | null | undefined }

function isBilledStream(op: Operation): boolean {
  return op.type === 'mutation' && mutationKind(op.path) === 'billed_stream'
}

/**
 * A billed call, known by its key and not only by the table: a procedure newer than this client is still sent on its own. And what the
 * browser keeps and only asks about again, for which its address must be the same every time.
 */
function needsOwnRequest(op: Operation): boolean {
  return OPERATION_KEY_CONTEXT in op.context || op.path === 'billing.catalog'
}

function keyOf(op: Operation): string {
  const key = op.context[OPERATION_KEY_CONTEXT]
  return typeof key === 'string' ? key : ''
}

async function headersFor(
  options: LinkOptions,
  operations: readonly Operation[],
): Promise<Record<string, string>> {
  const keys = operations.map(keyOf)
  const token = await options.getToken?.()
  return {
    ...(keys.some(Boolean) ? { [OPERATION_KEY_HEADER]: keys.join(',') } : {}),
    ...(token ? { authorization: `Bearer ${token}` } : {}),
    ...(options.platform ? { 'x-client-platform': options.platform } : {}),
    ...(options.storefront ? { 'x-storefront': options.storefront } : {}),
  }
}
