import { once } from 'node:events'
import { createReadStream, existsSync, statSync } from 'node:fs'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import { extname, join, normalize } from 'node:path'
import { listenOnLoopback } from './listen-on-loopback.ts'

const TYPES: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
  '.woff2': 'font/woff2',
}

const OF_A_PAGE = /^(?:origin|referer|cookie|sec-fetch-.*)$/

/** Serves a folder; for a phone app, forwards its calls to the real server as the phone itself would send them. */
export async function serveFolder(options: {
  directory: string
  serverUrl?: string
}): Promise<{ url: string; close(): Promise<void> }> {
  const { directory, serverUrl } = options
  const server = createServer((incoming, outgoing) => {
    const path = new URL(incoming.url ?? '/', 'http://localhost').pathname
    if (serverUrl && /^\/(?:trpc|api)\//.test(path)) handOn(serverUrl, incoming, outgoing)
    else answerWithFile(directory, path, outgoing)
  })
  const port = await listenOnLoopback(server)
  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

function answerWithFile(directory: string, path: string, outgoing: ServerResponse): void {
  const asked = join(directory, normalize(decodeURIComponent(path)))
  const isFile = existsSync(asked) && statSync(asked).isFile()
  // Every other path is a route of the app itself.
  const file = isFile ? asked : join(directory, 'index.html')
  outgoing.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' })
  createReadStream(file).pipe(outgoing)
}

function handOn(serverUrl: string, incoming: IncomingMessage, outgoing: ServerResponse): void {
  const url = new URL(incoming.url ?? '/', serverUrl)
  // Phone apps do not send the headers with which browsers describe the page.
  const headers = Object.fromEntries(
    Object.entries(incoming.headers).filter(([name]) => !OF_A_PAGE.test(name)),
  )
  const call = request(
    url,
    { method: incoming.method, headers: { ...headers, host: url.host } },
    (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(outgoing)
    },
  )
  call.on('error', () => outgoing.destroy())
  incoming.pipe(call)
}
