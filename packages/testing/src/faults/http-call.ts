import { type Agent, type IncomingHttpHeaders, request } from 'node:http'

/** What a server answered. */
export type HttpAnswer = { status: number; headers: IncomingHttpHeaders; body: string }

const TIMEOUT_MS = 30_000

/** One HTTP call with a JSON body; throws when the connection breaks or times out. */
export function httpCall(
  url: string,
  options: {
    agent: Agent
    method?: 'GET' | 'POST'
    headers?: Record<string, string>
    body?: unknown
    timeoutMs?: number
  },
): Promise<HttpAnswer> {
  const { agent, method = 'GET', headers = {} } = options
  const sent = options.body === undefined ? undefined : JSON.stringify(options.body)
  return new Promise((resolve, reject) => {
    const outgoing = request(url, {
      agent,
      method,
      headers: sent === undefined ? headers : { ...headers, 'content-type': 'application/json' },
      signal: AbortSignal.timeout(options.timeoutMs ?? TIMEOUT_MS),
    })
    outgoing.on('error', reject)
    outgoing.on('response', (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () => {
        // A truncated answer is no answer.
        if (!response.complete) return reject(new Error('the answer was cut short'))
        const body = Buffer.concat(chunks).toString()
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body })
      })
    })
    outgoing.end(sent)
  })
}
