import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { listenOnLoopback } from '@tollgate/testing/listen-on-loopback'

/** What happens to one attempt of a call on a phone's network. */
export type NetworkBehavior =
  /** Delivered and answered. */
  | 'pass'
  /** Delivered and processed; the answer is lost. */
  | 'drop'
  /** The connection breaks during the request, before or after the server has read it. */
  | 'reset'
  /** Delivered, and answered after the caller has timed out. */
  | 'delay'
  /** Delivered twice at the same time. */
  | 'duplicate'
  /** The answer is cut off halfway. */
  | 'cut'
  /** There is no network. */
  | 'offline'

/** A network between a client and a server at `target` whose behavior is chosen per attempt. */
export type FlakyNetwork = {
  url: string
  counts: Record<NetworkBehavior, number>
  close(): Promise<void>
}

/** Longer than the clients of these tests wait. */
export const DELAY_MS = 1500

/** Starts the network; `behaviorFor` chooses the behavior of each attempt of a call with an operation key. */
export async function startFlakyNetwork(options: {
  target: string
  behaviorFor: (key: string) => NetworkBehavior
}): Promise<FlakyNetwork> {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 })
  const counts: Record<NetworkBehavior, number> = {
    pass: 0,
    drop: 0,
    reset: 0,
    delay: 0,
    duplicate: 0,
    cut: 0,
    offline: 0,
  }
  const server = createServer((incoming, outgoing) => {
    void carry(incoming, outgoing).catch(() => incoming.socket.destroy())
  })
  const port = await listenOnLoopback(server)

  return {
    url: `http://127.0.0.1:${port}`,
    counts,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
      agent.destroy()
    },
  }

  async function carry(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const key = incoming.headers['idempotency-key']
    const behavior = options.behaviorFor(typeof key === 'string' ? key : '')
    counts[behavior] += 1
    if (behavior === 'offline') return void incoming.socket.destroy()
    const body = await readAll(incoming)
    const call = () => send(new URL(incoming.url ?? '/', options.target), { incoming, body, agent })
    switch (behavior) {
      case 'reset':
        // In half of the cases the server reads the whole body, and its answer is discarded.
        if (body.length % 2 === 0) call().then(readAll, () => {})
        return void incoming.socket.destroy()
      case 'duplicate':
        await Promise.all([call().then(readAll), pass(await call(), outgoing)])
        return
      case 'drop':
        await readAll(await call())
        return void incoming.socket.destroy()
      case 'delay': {
        const answer = await call()
        await delay(DELAY_MS)
        return pass(answer, outgoing)
      }
      case 'cut':
        return cut(await call(), outgoing)
      case 'pass':
        return pass(await call(), outgoing)
    }
  }
}

async function pass(answer: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  outgoing.writeHead(answer.statusCode ?? 502, headersOf(answer))
  answer.pipe(outgoing)
  await once(outgoing, 'close')
}

/** Forwards half of the answer, then breaks the connection. */
async function cut(answer: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const body = await readAll(answer)
  outgoing.writeHead(answer.statusCode ?? 502, headersOf(answer))
  await new Promise((resolve) => outgoing.write(body.subarray(0, body.length / 2), resolve))
  outgoing.socket?.destroy()
}

function headersOf(answer: IncomingMessage): IncomingMessage['headers'] {
  const {
    connection,
    'keep-alive': keepAlive,
    'transfer-encoding': encoding,
    ...kept
  } = answer.headers
  void [connection, keepAlive, encoding]
  return kept
}

async function readAll(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks)
}

async function send(
  url: URL,
  { incoming, body, agent }: { incoming: IncomingMessage; body: Buffer; agent: Agent },
): Promise<IncomingMessage> {
  const headers = { ...incoming.headers, host: url.host, 'content-length': String(body.length) }
  const outgoing = request(url, { method: incoming.method, headers, agent })
  outgoing.end(body)
  const [answer] = await once(outgoing, 'response')
  return answer
}
