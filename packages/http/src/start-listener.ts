import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, IncomingMessage, type Server, ServerResponse } from 'node:http'
import { getRequestListener, RequestError } from '@hono/node-server'
import type { Logger } from '@tollgate/contract'
import { JsonGzipResponse } from './json-gzip-response.ts'
import { type BodyOutcome, type BodyRefusal, createBodyReader } from './read-bodies.ts'
import { stopServer } from './stop-server.ts'

/** Silent or slow clients are disconnected after this; longer than any stall of our own, which is not their fault. */
const HEADERS_MS_MAX = 20_000
const REQUEST_MS_MAX = 30_000
/** How often Node checks for them; its default of 30 s would more than double the wait. */
const CHECK_EVERY_MS = 1000
/** Each takes about 20 KB; this is more than one process can serve at once. */
const CONNECTIONS_MAX = 4096

/** The environment of a request. */
export type RequestEnv = {
  incoming: IncomingMessage
  outgoing: ServerResponse
  /** Identifies the request in logs and to its client. */
  requestId: string
}

/** Handles a request. */
export type Fetch = (request: Request, env: RequestEnv) => Response | Promise<Response>

/** Why a request never reaches the application. */
export type Refusal = BodyRefusal | 'malformed' | 'starting'

/** The options of a listener. */
export type ListenerOptions = {
  port: number
  hostname: string
  /** The maximum body size of a path. */
  bodyBytesMax: (path: string) => number
  /** The maximum total size of all bodies being read or processed. */
  totalBodyBytesMax: number
  /** Default headers of every response to a path; computed once. */
  headers: (path: string) => ReadonlyMap<string, string>
  /** The response header with the request's id. */
  requestIdHeader: string
  /** Responds to requests that never reach the application, in the application's format. */
  refuse(refusal: Refusal, requestId: string): Response
  logger: Logger
}

/** A listening server. */
export type Listener = {
  port: number
  /** Handles requests with this from now on; before the first call they are refused as `starting`. */
  handle(fetch: Fetch): void
  /** Stops accepting connections and returns when the last request in flight has ended. */
  close(): Promise<void>
}

/** Listens with all the limits that a public address needs. */
export async function startListener(options: ListenerOptions): Promise<Listener> {
  const readBody = createBodyReader({
    bytesMax: options.bodyBytesMax,
    totalBytesMax: options.totalBodyBytesMax,
  })
  const open = { inFlight: new Set<ServerResponse>(), streams: new Set<ServerResponse>() }
  const refusals = new WeakMap<IncomingMessage, Refusal>()
  let fetch: Fetch = (_, { requestId }) => options.refuse('starting', requestId)
  let isStopping = false
  const answer = createAnswer(options, {
    fetch: (request, env) => fetch(request, env),
    refusals,
    streams: open.streams,
  })

  const server = createBoundedServer()
  server.on('request', (incoming, outgoing) => {
    open.inFlight.add(outgoing)
    outgoing.once('close', () => {
      open.inFlight.delete(outgoing)
      open.streams.delete(outgoing)
    })
    if (isStopping) outgoing.shouldKeepAlive = false
    outgoing.setHeader(options.requestIdHeader, randomUUID())
    for (const [name, value] of options.headers(incoming.url ?? '/')) {
      outgoing.setHeader(name, value)
    }
    const proceed = (outcome: BodyOutcome) => {
      if (outcome === 'gone' || outgoing.destroyed) return
      if (outcome !== 'ready') {
        refusals.set(incoming, outcome)
        outgoing.shouldKeepAlive = false
      }
      void answer(incoming, outgoing)
    }
    const body = readBody(incoming, outgoing)
    if (typeof body === 'string') proceed(body)
    else void body.then(proceed)
  })
  server.listen(options.port, options.hostname)
  await once(server, 'listening')
  const address = server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : options.port,
    handle: (handler) => {
      fetch = handler
    },
    close: () => {
      isStopping = true
      return stopServer(server, open)
    },
  }
}

function createBoundedServer(): Server {
  const server = createServer({
    headersTimeout: HEADERS_MS_MAX,
    requestTimeout: REQUEST_MS_MAX,
    connectionsCheckingInterval: CHECK_EVERY_MS,
    ServerResponse: JsonGzipResponse,
  })
  server.maxConnections = CONNECTIONS_MAX
  // Idle connections make room for those with a request.
  server.on('drop', () => server.closeIdleConnections())
  return server
}

/** Responds to a request whose body has been read or refused. */
function createAnswer(
  options: ListenerOptions,
  state: {
    fetch: Fetch
    refusals: WeakMap<IncomingMessage, Refusal>
    streams: Set<ServerResponse>
  },
) {
  const { refuse, logger } = options
  return getRequestListener(
    async (request, { incoming, outgoing }) => {
      if (!(incoming instanceof IncomingMessage && outgoing instanceof ServerResponse)) {
        throw new TypeError('This listener speaks HTTP/1.1 only.')
      }
      const requestId = String(outgoing.getHeader(options.requestIdHeader))
      const refusal = state.refusals.get(incoming)
      if (refusal) return refuse(refusal, requestId)
      const response = await state.fetch(request, { incoming, outgoing, requestId })
      if (request.method === 'GET' && isEventStream(response)) state.streams.add(outgoing)
      return response
    },
    {
      hostname: options.hostname,
      errorHandler(error) {
        if (error instanceof RequestError) return refuse('malformed', '')
        logger.error({ error }, 'http: a request failed outside the application')
        return new Response(null, { status: 500 })
      },
    },
  )
}

function isEventStream(response: Response): boolean {
  return response.headers.get('content-type')?.startsWith('text/event-stream') ?? false
}
