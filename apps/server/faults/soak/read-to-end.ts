import { type Agent, request } from 'node:http'

/** How a request ended: complete, never accepted, or interrupted. */
export type Reading = {
  end: 'complete' | 'refused' | 'cut off' | (string & {})
  status: number | null
  /** The end of the response. */
  text: string
}

const TEXT_CHARACTERS_MAX = 4000

/** Sends a request and reads the response until it ends or breaks. */
export function readToEnd(
  sent: {
    url: string
    headers: Record<string, string>
    body?: string
    signal?: AbortSignal
    onBegin?: () => void
    /** Called with every chunk as it arrives. */
    onText?: (text: string) => void
    onEnd?: () => void
  },
  agent: Agent,
): Promise<Reading> {
  return new Promise((resolve) => {
    let [text, status]: [string, number | null] = ['', null]
    const end = (how: Reading['end']) => resolve({ end: how, status, text })
    const { headers, signal } = sent
    const method = sent.body === undefined ? 'GET' : 'POST'
    const outgoing = request(sent.url, { method, headers, agent, ...(signal ? { signal } : {}) })
    outgoing.on('error', (error) => {
      const isRefused = 'code' in error && error.code === 'ECONNREFUSED'
      end(isRefused ? 'refused' : error.message)
    })
    outgoing.on('response', (response) => {
      status = response.statusCode ?? null
      sent.onBegin?.()
      response.on('data', (chunk: Buffer) => {
        const piece = chunk.toString()
        sent.onText?.(piece)
        text = (text + piece).slice(-TEXT_CHARACTERS_MAX)
      })
      response.on('error', (error) => end(error.message))
      response.on('close', () => {
        sent.onEnd?.()
        end(response.complete ? 'complete' : 'cut off')
      })
    })
    outgoing.end(sent.body)
  })
}
