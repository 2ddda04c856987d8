import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import { openConnection } from './keep-alive-connection.ts'

describe('a connection of the load generator', () => {
  const undo: (() => void)[] = []
  afterEach(() => {
    for (const step of undo.splice(0)) step()
  })

  async function serveAnswers(answer: (path: string) => { status: number; parts: string[] }) {
    const bodies: string[] = []
    const respond = async (request: IncomingMessage, response: ServerResponse) => {
      let body = ''
      for await (const chunk of request) body += String(chunk)
      bodies.push(body)
      const { status, parts } = answer(request.url ?? '')
      response.statusCode = status
      for (const part of parts.slice(0, -1)) {
        response.write(part)
        await new Promise((resolve) => setTimeout(resolve, 5))
      }
      response.end(parts.at(-1))
    }
    const server = createServer((request, response) => void respond(request, response))
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    if (address === null || typeof address === 'string') throw new Error('no port')
    const connection = await openConnection({ port: address.port })
    undo.push(() => {
      connection.close()
      server.close()
    })
    return { connection, bodies }
  }

  it('reads the status of each answer, whole or in chunks, one request after the other', async () => {
    const { connection, bodies } = await serveAnswers((path) =>
      path === '/chunked'
        ? { status: 200, parts: ['one', 'two', 'three'] }
        : { status: 402, parts: ['{"error":"no credits"}'] },
    )
    const post = (path: string) => connection.post({ path, headers: '', body: `{"to":"${path}"}` })
    expect(await post('/chunked')).toBe(200)
    expect(await post('/plain')).toBe(402)
    expect(await post('/chunked')).toBe(200)
    expect(bodies).toEqual(['{"to":"/chunked"}', '{"to":"/plain"}', '{"to":"/chunked"}'])
  })

  it('fails when the server hangs up', async () => {
    const { connection } = await serveAnswers(() => ({ status: 200, parts: ['x'] }))
    connection.close()
    await expect(connection.post({ path: '/', headers: '', body: '' })).rejects.toThrow(
      /closed|destroyed/,
    )
  })
})
