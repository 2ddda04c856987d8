import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { signInGuests } from '../fixtures/guest.ts'
import { type BalanceStream, openBalanceStream } from '../fixtures/open-balance-stream.ts'
import { startTestServer } from '../fixtures/start-test-server.ts'

const GUESTS = 3
const STREAMS_EACH = 8

it(
  'ends open streams with a time to come back, and lets the call in flight end',
  { timeout: 120_000 },
  async () => {
    const server = await startTestServer()
    const guests = await signInGuests(server.url, GUESTS)
    // Creates the customers at the billing backend before the load starts.
    for (const guest of guests) await guest.read('billing.balance')
    const streams: BalanceStream[] = []
    for (const { token } of guests) {
      for (let index = 0; index < STREAMS_EACH; index++) {
        streams.push(await openBalanceStream(server.url, token))
      }
    }
    const summary = summarize(server.url, guests[0]?.token ?? '')
    const piecesAt = await summary.begun
    await server.close()
    expect(await summary.text).toContain('"type":"receipt"')
    expect(piecesAt).toBeLessThan((await summary.text).length)
    for (const { received, ended } of streams) {
      // A stream that is not closed is cut off after 25 s.
      expect(await ended).toBe('ended')
      expect(received()).toMatch(/retry: \d+/u)
      expect(received()).toContain('event: return')
    }
  },
)

/** A streamed summary of about two seconds; `begun` resolves with its first chunk. */
function summarize(url: string, token: string) {
  const text = Array.from({ length: 120 }, (_, word) => `word${word}`).join(' ')
  let begin: (length: number) => void = () => {}
  const begun = new Promise<number>((resolve) => (begin = resolve))
  const read = async () => {
    const response = await fetch(`${url}/trpc/text.summarize?batch=1`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'idempotency-key': `op_${randomUUID()}`,
        'trpc-accept': 'application/jsonl',
      },
      body: JSON.stringify({ 0: { text: `${text}. ${text}.`, sentences: 2 } }),
    })
    let received = ''
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      received += chunk
      if (received.includes('"delta"')) begin(received.length)
    }
    begin(received.length)
    return received
  }
  return { begun, text: read() }
}
