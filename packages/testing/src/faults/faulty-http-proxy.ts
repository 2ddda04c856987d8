import { setMaxListeners } from 'node:events'
import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { listenOnLoopback } from '../listen-on-loopback.ts'
import type { SeededRandom } from './seeded-random.ts'

/** The faults between a server and its billing backend; shares are of all requests, and the first that applies wins. */
export type HttpFaults = {
  /** Every connection is reset. */
  down: boolean
  /** Answered with 500, never forwarded. */
  error: number
  /** Forwarded, then answered with 500 regardless of the backend's answer. */
  acceptThenError: number
  /** Forwarded, then silent for `hangMs`, then reset. */
  hang: number
  hangMs: number
  /** Reset, half of the time after forwarding. */
  reset: number
  /** Forwarded twice; the second answer is passed on. */
  duplicate: number
  /** Delayed by a random part of this, so that requests overtake each other. */
  reorderMs: number
}

/** A proxy whose faults can be changed while it runs. */
export type FaultyHttpProxy = {
  url: string
  set(faults: Partial<HttpFaults>): void
  /** Acts once, when the next request whose path contains `path` has been received, or answered but not yet forwarded. */
  strike(hook: FaultHook): void
  /** How often each outcome occurred so far. */
  counts(): Record<HttpFate, number>
  close(): Promise<void>
}

/** An action at one moment of one request. */
export type FaultHook = { path: string; at: 'received' | 'answered'; act: () => void }

type HttpFate = 'passed' | 'down' | 'error' | 'acceptThenError' | 'hang' | 'reset' | 'duplicate'
type Answer = { status: number; headers: IncomingMessage['headers']; body: Buffer }

/** No faults at all. */
export const NO_HTTP_FAULTS: HttpFaults = {
  down: false,
  error: 0,
  acceptThenError: 0,
  hang: 0,
  hangMs: 30_000,
  reset: 0,
  duplicate: 0,
  reorderMs: 0,
}

/** Starts a proxy that injects faults in front of a billing backend at `target`. */
export async function createFaultyHttpProxy(options: {
  target: string
  random: SeededRandom
}): Promise<FaultyHttpProxy> {
  const { random } = options
  const agent = new Agent({ keepAlive: true })
  const closing = new AbortController()
  // Every hanging request listens to it.
  setMaxListeners(0, closing.signal)
  const counts: Record<HttpFate, number> = {
    passed: 0,
    down: 0,
    error: 0,
    acceptThenError: 0,
    hang: 0,
    reset: 0,
    duplicate: 0,
  }
  let faults = NO_HTTP_FAULTS
  let armed: FaultHook | null = null
  const server = createServer((incoming, outgoing) => {
    void serve(incoming, outgoing).catch(() => incoming.socket.destroy())
  })
  const port = await listenOnLoopback(server)

  async function serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const fate = chooseFate(faults, random)
    const { hangMs, reorderMs } = faults
    counts[fate] += 1
    if (fate === 'down') return void incoming.socket.destroy()
    const body = await readAll(incoming)
    const forward = () =>
      send(new URL(incoming.url ?? '/', options.target), { incoming, body, agent })
    if (fate === 'error') return answer(outgoing, INTERNAL_ERROR)
    if (fate === 'reset' && random.chance(0.5)) return void incoming.socket.destroy()
    const hook = armed !== null && (incoming.url ?? '').includes(armed.path) ? armed : null
    if (hook) armed = null
    if (hook?.at === 'received') hook.act()
    await delay(random.next() * reorderMs)
    if (fate === 'duplicate') await forward()
    const answered = await forward()
    if (hook?.at === 'answered') hook.act()
    if (fate === 'hang') await delay(hangMs, undefined, { signal: closing.signal }).catch(() => {})
    if (fate === 'hang' || fate === 'reset') return void incoming.socket.destroy()
    answer(outgoing, fate === 'acceptThenError' ? INTERNAL_ERROR : answered)
  }

  return {
    url: `http://127.0.0.1:${port}`,
    set: (changed) => (faults = { ...faults, ...changed }),
    strike: (hook) => (armed = hook),
    counts: () => ({ ...counts }),
    async close() {
      closing.abort()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      agent.destroy()
    },
  }
}

const INTERNAL_ERROR: Answer = {
  status: 500,
  headers: { 'content-type': 'application/json' },
  body: Buffer.from('{"error":"injected"}'),
}

function chooseFate(faults: HttpFaults, random: SeededRandom): HttpFate {
  if (faults.down) return 'down'
  let roll = random.next()
  for (const fate of ['error', 'acceptThenError', 'hang', 'reset', 'duplicate'] as const) {
    if (roll < faults[fate]) return fate
    roll -= faults[fate]
  }
  return 'passed'
}

async function readAll(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks)
}

function send(
  url: URL,
  { incoming, body, agent }: { incoming: IncomingMessage; body: Buffer; agent: Agent },
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const headers = { ...incoming.headers, host: url.host, 'content-length': String(body.length) }
    const outgoing = request(url, { method: incoming.method, headers, agent }, (response) => {
      readAll(response).then(
        (answered) =>
          resolve({
            status: response.statusCode ?? 502,
            headers: response.headers,
            body: answered,
          }),
        reject,
      )
    })
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}

function answer(outgoing: ServerResponse, { status, headers, body }: Answer): void {
  const { connection, 'transfer-encoding': encoding, 'keep-alive': keepAlive, ...kept } = headers
  void [connection, encoding, keepAlive]
  outgoing.writeHead(status, { ...kept, 'content-length': String(body.length) })
  outgoing.end(body)
}
