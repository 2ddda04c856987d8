import { setMaxListeners } from 'node:events'
import { Agent } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import { readToEnd } from '../soak/read-to-end.ts'

/** An EventSource's delay unless a server has set another. */
const RETRY_MS = 3000

/** Open pages, each with a balance stream that is reopened when it ends, as by an EventSource. */
export type OpenPages = {
  openNow(): number
  /** When each stream was opened, in milliseconds of this process's clock. */
  openings(): readonly number[]
  /** Streams that the server did not end properly. */
  failures(): readonly string[]
  /** When each page of these customers showed this balance of the meter; null for pages that have not yet. */
  shownAt(change: { tokens: ReadonlySet<string>; remaining: number }): (number | null)[]
  close(): Promise<void>
}

type Page = { token: string; shownAt: Map<number, number> }

/** Opens `perCustomer` pages for each token. */
export function openPages(options: {
  url: string
  tokens: readonly string[]
  perCustomer: number
  meter: string
}): OpenPages {
  const { url, meter } = options
  const closing = new AbortController()
  // Every page is a listener.
  setMaxListeners(0, closing.signal)
  const openings: number[] = []
  const failures: string[] = []
  let open = 0

  const follow = async (page: Page) => {
    let retryMs = RETRY_MS
    while (!closing.signal.aborted) {
      const reading = await readToEnd(
        {
          url: `${url}/trpc/billing.onBalance`,
          headers: { authorization: `Bearer ${page.token}` },
          signal: closing.signal,
          onBegin() {
            open += 1
            openings.push(performance.now())
          },
          onText: (text) => showBalances(page, { meter, text }),
          onEnd: () => (open -= 1),
        },
        new Agent(),
      )
      if (closing.signal.aborted) return
      retryMs = Number(/retry: (\d+)/u.exec(reading.text)?.[1] ?? retryMs)
      const isAnnounced = reading.text.includes('event: return')
      if (reading.end !== 'refused' && !(reading.end === 'complete' && isAnnounced)) {
        failures.push(`${reading.status} ${reading.end} ${reading.text.slice(-200)}`)
      }
      await delay(retryMs, undefined, { signal: closing.signal }).catch(() => {})
    }
  }

  const pages = options.tokens.flatMap((token) =>
    Array.from({ length: options.perCustomer }, (): Page => ({ token, shownAt: new Map() })),
  )
  const following = pages.map(follow)
  return {
    openNow: () => open,
    openings: () => openings,
    failures: () => failures,
    shownAt: ({ tokens, remaining }) =>
      pages
        .filter(({ token }) => tokens.has(token))
        .map(({ shownAt }) => shownAt.get(remaining) ?? null),
    async close() {
      closing.abort()
      await Promise.all(following)
    },
  }
}

const updatesSchema = z.array(z.object({ meter: z.string(), remaining: z.number() }))

/** An event of a balance stream arrives in one chunk. */
function showBalances(page: Page, { meter, text }: { meter: string; text: string }): void {
  for (const [, data] of text.matchAll(/^data: (\[.+)$/gmu)) {
    const updates = updatesSchema.parse(JSON.parse(data ?? ''))
    const remaining = updates.find((update) => update.meter === meter)?.remaining
    if (remaining !== undefined && !page.shownAt.has(remaining)) {
      page.shownAt.set(remaining, performance.now())
    }
  }
}
