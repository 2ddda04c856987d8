import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

/** A connection for one request at a time, at a fraction of the cost of a full HTTP client. */
export type KeepAliveConnection = {
  /** Sends a POST with a JSON body and returns the status. */
  post(request: { path: string; headers: string; body: string }): Promise<number>
  close(): void
}

const END_OF_HEAD = '\r\n\r\n'
const END_OF_CHUNKS = '0\r\n\r\n'
/** The position of the status in "HTTP/1.1 200". */
const STATUS = [9, 12] as const

/** Connects to a server on this machine. */
export async function openConnection({ port }: { port: number }): Promise<KeepAliveConnection> {
  const socket = connect({ host: '127.0.0.1', port, noDelay: true })
  await once(socket, 'connect')
  const answers = readAnswers(socket)
  return {
    async post({ path, headers, body }) {
      const length = Buffer.byteLength(body)
      const answered = answers.next()
      socket.write(
        `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Type: application/json\r\n` +
          `Content-Length: ${length}\r\n${headers}\r\n${body}`,
      )
      return answered
    },
    close: () => socket.destroy(),
  }
}

type Waiter = { resolve(status: number): void; reject(error: Error): void }

function readAnswers(socket: Socket) {
  let text = ''
  let waiter: Waiter | null = null
  socket.setEncoding('latin1')
  socket.on('data', (chunk: string) => {
    text += chunk
    const status = completeStatus(text)
    if (status === null) return
    text = ''
    const current = waiter
    waiter = null
    current?.resolve(status)
  })
  const fail = (error: Error) => waiter?.reject(error)
  socket.on('error', fail)
  socket.on('close', () => fail(new Error('The server closed the connection.')))
  return {
    next: () =>
      new Promise<number>((resolve, reject) => {
        waiter = { resolve, reject }
      }),
  }
}

/** The status of a complete response; null while it is incomplete. */
function completeStatus(text: string): number | null {
  const headEnd = text.indexOf(END_OF_HEAD)
  if (headEnd < 0) return null
  const head = text.slice(0, headEnd).toLowerCase()
  const received = text.length - headEnd - END_OF_HEAD.length
  const length = /\r\ncontent-length: *(\d+)/.exec(head)?.[1]
  const complete = length === undefined ? text.endsWith(END_OF_CHUNKS) : received >= Number(length)
  return complete ? Number(head.slice(...STATUS)) : null
}
