import { type Agent, type ClientRequest, type IncomingMessage, request } from 'node:http'
import { connect } from 'node:net'

/** The limit for any response, whatever was sent. */
const HANG_MS = 5000
/** Long enough to show what went wrong. */
const TEXT_CHARACTERS_MAX = 2000

/** The outcome: a status, or why there is none. */
export type Outcome = {
  status: number | 'hang' | 'closed'
  ms: number
  text: string
  /** The server's `Retry-After`, in seconds. */
  retryAfter: number | null
}

/** Sends one request and reads its response to the end; of an event stream only the beginning. */
export async function sendRequest(
  url: string,
  sent: { method: string; path: string; headers: Record<string, string>; body: string | undefined },
  agent: Agent,
): Promise<Outcome> {
  const startedAt = performance.now()
  const { isOfOldConnection, ...outcome } = await exchange(url, sent, agent)
  // The server may close an idle connection just as it is reused; clients then retry on a new one.
  const last =
    outcome.status === 'closed' && isOfOldConnection ? await exchange(url, sent, agent) : outcome
  const { status, text, retryAfter } = last
  return { status, text, retryAfter, ms: Math.round(performance.now() - startedAt) }
}

function exchange(url: string, sent: Parameters<typeof sendRequest>[1], agent: Agent) {
  return new Promise<Omit<Outcome, 'ms'> & { isOfOldConnection: boolean }>((resolve) => {
    let text = ''
    let retryAfter: number | null = null
    const { method, headers } = sent
    const outgoing: ClientRequest = request(`${url}${sent.path}`, { method, headers, agent })
    const end = (status: Outcome['status']) => {
      clearTimeout(patience)
      resolve({ status, text, retryAfter, isOfOldConnection: outgoing.reusedSocket })
    }
    const patience = setTimeout(() => {
      end('hang')
      outgoing.destroy()
    }, HANG_MS)
    outgoing.on('error', (error) => {
      text ||= error.message
      end('closed')
    })
    outgoing.on('response', (response) => {
      const status = response.statusCode ?? 0
      retryAfter = Number(response.headers['retry-after']) || null
      response.on('data', (chunk: Buffer) => {
        if (text.length < TEXT_CHARACTERS_MAX) text += chunk.toString()
      })
      response.on('end', () => end(status))
      // Cut off after its headers: not a response.
      response.on('close', () => end(response.complete ? status : 'closed'))
      if (!isEventStream(response)) return
      end(status)
      outgoing.destroy()
    })
    outgoing.end(sent.body)
  })
}

function isEventStream({ headers }: IncomingMessage): boolean {
  return headers['content-type']?.startsWith('text/event-stream') ?? false
}

/** Sends bytes over a new socket and half-closes it, so that the server does not wait for more. */
export function sendRaw(url: string, raw: string): Promise<Outcome> {
  const { hostname, port } = new URL(url)
  const startedAt = performance.now()
  return new Promise((resolve) => {
    let text = ''
    const socket = connect(Number(port), hostname)
    const end = (status: Outcome['status']) => {
      clearTimeout(patience)
      socket.destroy()
      resolve({ status, text, retryAfter: null, ms: Math.round(performance.now() - startedAt) })
    }
    const patience = setTimeout(() => end('hang'), HANG_MS)
    socket.on('data', (chunk) => (text += chunk.toString()))
    socket.on('error', () => {})
    socket.on('close', () => {
      const status = /^HTTP\/1\.[01] (\d{3})/u.exec(text)?.[1]
      end(status === undefined ? 'closed' : Number(status))
    })
    socket.write(raw, 'latin1')
    socket.end()
  })
}
