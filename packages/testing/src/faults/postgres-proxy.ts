import { connect, createServer, type Socket } from 'node:net'
import { listenOnLoopback } from '../listen-on-loopback.ts'
import {
  asksForEncryption,
  messageReader,
  type PostgresMessage,
  textsOf,
} from './postgres-messages.ts'

/** A statement on its way to the database, including `begin` and `commit`. */
export type PassingStatement = { text: string; connection: number }

/**
 * Where the connection is cut. `before`: the statement never arrives. `acknowledgement`: it was executed and, unless a transaction is open,
 * committed, but the client never receives the answer. `middle`: the connection is lost while the statement runs. `strike` runs at that
 * moment, before either side notices.
 */
export type Cut = { at: 'before' | 'middle' | 'acknowledgement'; strike?: () => void }

/** A proxy in front of PostgreSQL that can cut connections at the worst moment. */
export type PostgresProxy = {
  port: number
  /** The same URL, routed through the proxy. */
  through(url: string): string
  /** Called for every statement; null lets it pass. */
  decide(decide: (statement: PassingStatement) => Cut | null): void
  /** Cuts every connection now. */
  cutAll(): void
  close(): Promise<void>
}

/** Starts a proxy in front of the PostgreSQL server on loopback port `targetPort`. */
export async function createPostgresProxy(options: { targetPort: number }): Promise<PostgresProxy> {
  const sockets = new Set<Socket>()
  let decide: (statement: PassingStatement) => Cut | null = () => null
  let connections = 0
  const server = createServer((client) => {
    connections += 1
    const upstream = connect(options.targetPort, '127.0.0.1')
    relay({ client, upstream, connection: connections, decide: (statement) => decide(statement) })
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.on('close', () => sockets.delete(socket))
    }
  })
  const port = await listenOnLoopback(server)
  const cutAll = () => {
    for (const socket of sockets) socket.destroy()
  }
  return {
    port,
    through: (url) => {
      const through = new URL(url)
      through.port = String(port)
      return through.href
    },
    decide: (next) => (decide = next),
    cutAll,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve))
      cutAll()
      await closed
    },
  }
}

function relay(options: {
  client: Socket
  upstream: Socket
  connection: number
  decide: (statement: PassingStatement) => Cut | null
}): void {
  const { client, upstream, connection } = options
  const readClient = messageReader('client')
  const readServer = messageReader('server')
  const statementOf = statementTracker()
  let withheld: Cut | null = null
  const cut = ({ strike }: Cut) => {
    strike?.()
    client.destroy()
    upstream.destroy()
  }
  for (const socket of [client, upstream]) {
    socket.setNoDelay(true)
    // An error is always followed by close.
    socket.on('error', () => {})
    socket.on('close', () => {
      client.destroy()
      upstream.destroy()
    })
  }
  client.on('data', (chunk: Buffer) => {
    for (const message of readClient(chunk)) {
      if (client.destroyed) return
      if (asksForEncryption(message)) {
        client.write('N')
        continue
      }
      const text = statementOf(message)
      const decided = text === null ? null : options.decide({ text, connection })
      if (decided?.at === 'before') return cut(decided)
      upstream.write(message.bytes)
      if (decided?.at === 'acknowledgement') withheld = decided
      if (decided?.at === 'middle') cutOnceSent(upstream, () => cut(decided))
    }
  })
  upstream.on('data', (chunk: Buffer) => {
    for (const message of readServer(chunk)) {
      if (withheld === null) client.write(message.bytes)
      else if (message.type === 'Z') return cut(withheld)
    }
  })
}

/** Tracks what a client prepares and binds; returns the text of the statement that a message executes. */
function statementTracker(): (message: PostgresMessage) => string | null {
  const prepared = new Map<string, string>()
  const bound = new Map<string, string>()
  return ({ type, payload }) => {
    if (type === 'Q') return textsOf(payload, 1)[0] ?? ''
    if (type === 'P') {
      const [name = '', text = ''] = textsOf(payload, 2)
      prepared.set(name, text)
    } else if (type === 'B') {
      const [portal = '', name = ''] = textsOf(payload, 2)
      bound.set(portal, prepared.get(name) ?? '')
    } else if (type === 'E') {
      return bound.get(textsOf(payload, 1)[0] ?? '') ?? ''
    }
    return null
  }
}

/** An Execute runs immediately but commits at the following Sync, which is sent together with it. */
function cutOnceSent(upstream: Socket, cut: () => void): void {
  setImmediate(() => {
    upstream.write('', () => cut())
  })
}
