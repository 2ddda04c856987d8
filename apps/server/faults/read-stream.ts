import { request } from 'node:http'
import type { CrashScene } from './crash-scene.ts'

/** Reads the guest's stream from the victim chunk by chunk, as the client library does, until it ends or breaks. */
export async function readStreamUntil(
  { guest, victim, intent }: CrashScene,
  moment: { pieces?: number; act?: () => Promise<void> },
): Promise<void> {
  const startedAt = Date.now()
  let pieces = 0
  const reason = await new Promise<string>((resolve) => {
    const outgoing = request(`${victim.process.url}/trpc/${intent.procedure}?batch=1`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${guest.token}`,
        'content-type': 'application/json',
        'trpc-accept': 'application/jsonl',
        'idempotency-key': intent.key,
      },
    })
    outgoing.on('error', (error) => resolve(error.message))
    outgoing.on('response', (response) => {
      response.on('data', (chunk: Buffer) => {
        pieces += chunk.toString().split('"delta"').length - 1
        if (moment.pieces === undefined || pieces < moment.pieces) return
        void moment.act?.()
      })
      response.on('error', (error) => resolve(error.message))
      response.on('end', () => resolve('ended'))
    })
    outgoing.end(JSON.stringify({ 0: intent.input }))
  })
  guest.note(intent, {
    startedAt,
    answer: { kind: 'unknown', status: null, reason: `${pieces} pieces, then ${reason}` },
  })
}
