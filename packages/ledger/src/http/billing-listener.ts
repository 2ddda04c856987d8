import type { Logger } from '@tollgate/contract'
import { type Listener, type Refusal, startListener } from '@tollgate/http'

/** Loopback only: this backend serves its own machine. */
const HOST = '127.0.0.1'

/** A batch of 5 000 usage events with properties fits. */
const API_BODY_BYTES_MAX = 8 * 1024 * 1024
/** Forms and payment provider webhooks, which need no key. */
const BODY_BYTES_MAX = 256 * 1024
/** A few of the largest batches. */
const TOTAL_BODY_BYTES_MAX = 64 * 1024 * 1024

/** Listens before the application exists, because the application's pages and responses contain the URL. */
export async function startBillingListener(options: {
  port: number
  logger: Logger
}): Promise<Listener & { url: string }> {
  const listener = await startListener({
    port: options.port,
    hostname: HOST,
    bodyBytesMax: (path) => (path.startsWith('/api/v1/') ? API_BODY_BYTES_MAX : BODY_BYTES_MAX),
    totalBodyBytesMax: TOTAL_BODY_BYTES_MAX,
    // The application's own middleware sets them, with different values for pages.
    headers: () => NO_HEADERS,
    requestIdHeader: 'X-Request-Id',
    refuse: answer,
    logger: options.logger,
  })
  return { ...listener, url: `http://${HOST}:${listener.port}` }
}

function answer(refusal: Refusal, requestId: string): Response {
  const { status, code, error } = ANSWERS[refusal]
  const headers = { ...REFUSAL_HEADERS, ...(status === 503 ? { 'Retry-After': '1' } : {}) }
  return Response.json({ error, code, request_id: requestId }, { status, headers })
}

const NO_HEADERS = new Map<string, string>()
const REFUSAL_HEADERS = { 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' }

const ANSWERS = {
  too_large: {
    status: 413,
    code: 'PAYLOAD_TOO_LARGE',
    error: `A body of the API has at most ${API_BODY_BYTES_MAX} bytes.`,
  },
  malformed: { status: 400, code: 'BAD_REQUEST', error: 'This is not a valid HTTP request.' },
  overloaded: { status: 503, code: 'UNAVAILABLE', error: 'Too much at the moment. Try again.' },
  starting: { status: 503, code: 'UNAVAILABLE', error: 'The backend is starting. Try again.' },
} as const satisfies Record<Refusal, object>
