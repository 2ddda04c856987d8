import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { Hosted } from './hosted.ts'

type Recorded = { method: string; path: string; authorization: string | undefined; body: unknown }
type Fault = (response: ServerResponse, request: Recorded) => boolean

/** A small Flowglad of documented wire shapes that records what it is asked and fails on demand. */
export async function startFlowgladStandIn() {
  const requests: Recorded[] = []
  const hosted = new Hosted()
  const faults: Fault[] = []
  const server = createServer((request, response) => {
    void answer(request, response)
  })

  async function answer(request: IncomingMessage, response: ServerResponse) {
    const recorded = {
      method: request.method ?? '',
      path: (request.url ?? '').replace('/api/v1', ''),
      authorization: request.headers.authorization,
      body: await readJson(request),
    }
    requests.push(recorded)
    if (faults.some((fault) => fault(response, recorded))) return
    const [status, body] = hosted.answer(recorded)
    respond(response, status, body)
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The stand-in has no port.')
  return {
    url: `http://127.0.0.1:${address.port}/`,
    requests,
    hosted,
    /** "GET /customers/c1" for every request so far. */
    asked: () => requests.map(({ method, path }) => `${method} ${path}`),
    /** From now on, requests for which `fault` answers true go no further. */
    break: (fault: Fault) => faults.push(fault),
    restore: () => faults.splice(0),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** Answers nothing, ever. */
export const hang: Fault = () => true

/** Cuts the connection instead of answering. */
export const cut: Fault = (response) => {
  response.socket?.destroy()
  return true
}

/** Sends headers and half a body, then nothing. */
export const stall: Fault = (response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' })
  response.write('{"customer":')
  return true
}

/** Answers with a status and body, as a proxy or Flowglad itself would. */
export function status(code: number, body: unknown, headers: Record<string, string> = {}): Fault {
  return (response) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
    respond(response, code, body)
    return true
  }
}

function respond(response: ServerResponse, code: number, body: unknown) {
  const json = typeof body !== 'string'
  response.writeHead(code, { 'content-type': json ? 'application/json' : 'text/html' })
  response.end(json ? JSON.stringify(body) : body)
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  let text = ''
  for await (const chunk of request) text += String(chunk)
  return text === '' ? null : JSON.parse(text)
}
