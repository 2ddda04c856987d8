import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { listenOnLoopback } from '@tollgate/testing/listen-on-loopback'

/** Decides how to answer a request to the backend: with a response, or never (null). */
export type Interceptor = (
  request: { method: string; path: string },
  forward: () => Promise<Response>,
) => Promise<Response | null>

/** A proxy in front of a billing backend that lets a test intercept requests. */
export type InterceptingProxy = {
  url: string
  /** The URLs of requests that were aborted before they were answered. */
  abandoned: readonly string[]
  intercept(interceptor: Interceptor): void
  restore(): void
  close(): Promise<void>
}

/** Starts a proxy in front of `target`. */
export async function startInterceptingProxy(target: string): Promise<InterceptingProxy> {
  const abandoned: string[] = []
  let interceptor: Interceptor = (_request, forward) => forward()
  const server = createServer((incoming, outgoing) => {
    outgoing.on('close', () => {
      if (!outgoing.writableFinished) abandoned.push(incoming.url ?? '')
    })
    serve(incoming, outgoing).catch(() => outgoing.destroy())
  })

  async function serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const body = await text(incoming)
    const { method = '', url = '', headers } = incoming
    const path = url.replace('/api/v1', '')
    const forward = () =>
      fetch(new URL(url, target), {
        method,
        headers: {
          authorization: headers.authorization ?? '',
          'content-type': 'application/json',
        },
        ...(body === '' ? {} : { body }),
      })
    const response = await interceptor({ method, path }, forward)
    if (!response) return
    const kept = ['content-type', 'x-should-retry', 'retry-after']
    for (const name of kept) {
      const value = response.headers.get(name)
      if (value !== null) outgoing.setHeader(name, value)
    }
    outgoing.writeHead(response.status)
    outgoing.end(await response.text())
  }

  const port = await listenOnLoopback(server)
  return {
    url: `http://127.0.0.1:${port}`,
    abandoned,
    intercept: (next) => (interceptor = next),
    restore: () => (interceptor = (_request, forward) => forward()),
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
