import { z } from 'zod'

const updateSchema = z.object({ meter: z.string(), remaining: z.number(), granted: z.number() })

/** Somebody with a page open, hearing of balances over server-sent events. */
export type BalanceListener = {
  /** What was last heard of a meter. */
  remaining(meter: string): number | undefined
  close(): void
}

/** Subscribes to `billing.onBalance`; resolves once the connection stands. */
export async function listenToBalance(url: string, token: string): Promise<BalanceListener> {
  const closing = new AbortController()
  const response = await fetch(`${url}/trpc/billing.onBalance`, {
    headers: { authorization: `Bearer ${token}`, accept: 'text/event-stream' },
    signal: closing.signal,
  })
  const last = new Map<string, number>()
  void readEvents(response, (data) => {
    const updates = z.array(updateSchema).safeParse(data)
    for (const { meter, remaining } of updates.data ?? []) last.set(meter, remaining)
  }).catch(() => {})
  return { remaining: (meter) => last.get(meter), close: () => closing.abort() }
}

async function readEvents(response: Response, onData: (data: unknown) => void): Promise<void> {
  if (!response.body) throw new Error(`No stream: ${response.status}`)
  let text = ''
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
    const events = (text + chunk).split('\n\n')
    text = events.pop() ?? ''
    for (const event of events) {
      const data = /^data: (.+)$/m.exec(event)?.[1]
      if (data) onData(JSON.parse(data))
    }
  }
}
