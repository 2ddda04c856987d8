import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import type { Guest } from '../../fixtures/guest.ts'
import { openBalanceStream } from '../../fixtures/open-balance-stream.ts'
import type { FuzzFigures } from './fuzz-target.ts'

/** Pools keep the connections of a burst open; a socket in Node's list is one of these or a caller's. */
const POOLED_CONNECTIONS_MAX = 60
/** Three counters per guest keep a timer for a minute each; libraries have a few more. */
const TIMERS_MAX = 30
/** Disconnected callers are noticed within this time. */
const SETTLE_MS_MAX = 15_000
const POLL_MS = 500
const STREAMS_PER_CUSTOMER = 8

/** A quantity that must not grow, before and after. */
export type LeakFigure = { what: string; before: number; after: number; most: number }

/** Compares what the process retains with what it held before, once its callers are gone. */
export async function compareFigures(
  before: FuzzFigures,
  read: () => Promise<FuzzFigures>,
  { heapGrowthMax }: { heapGrowthMax: number },
): Promise<LeakFigure[]> {
  const deadline = performance.now() + SETTLE_MS_MAX
  for (;;) {
    const rows = rowsOf(before, await read(), heapGrowthMax)
    if (rows.every(({ after, most }) => after <= most) || performance.now() > deadline) return rows
    await delay(POLL_MS)
  }
}

function rowsOf(before: FuzzFigures, after: FuzzFigures, heapGrowthMax: number): LeakFigure[] {
  const kinds = new Set([...Object.keys(before.handles), ...Object.keys(after.handles)])
  const handles = [...kinds].map((kind) => {
    const had = before.handles[kind] ?? 0
    return { what: kind, before: had, after: after.handles[kind] ?? 0, most: mostOf(kind, had) }
  })
  const heap = {
    what: 'heap in MB',
    before: megabytes(before.heapBytes),
    after: megabytes(after.heapBytes),
    most: megabytes(before.heapBytes) + heapGrowthMax,
  }
  return [...handles, heap]
}

function mostOf(kind: string, before: number): number {
  if (kind === 'TCPSocketWrap') return Math.max(before, POOLED_CONNECTIONS_MAX)
  return kind === 'Timeout' ? before + TIMERS_MAX : before
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 1024 / 1024)
}

/** What guests cannot use because it was not released: stream slots, operation slots, held credits. */
export async function findMissingSlots(url: string, guests: readonly Guest[]): Promise<string[]> {
  const found: string[] = []
  for (const [index, guest] of guests.entries()) {
    const streams = await Promise.all(
      Array.from({ length: STREAMS_PER_CUSTOMER }, () => openBalanceStream(url, guest.token)),
    )
    const open = streams.filter(({ received }) => received().includes('"remaining"')).length
    for (const { close } of streams) close()
    if (open < STREAMS_PER_CUSTOMER) found.push(`guest ${index}: ${open} streams open`)
    // Only one concurrent operation is allowed here, so a leaked slot would refuse this one. A cap that a guest has set may refuse it too.
    const { status, text } = await guest.call('tools.qrCode', { text: 'after the fuzzing' })
    if (status !== 200 && status !== 402)
      found.push(`guest ${index}: a billed call was answered with ${status} ${text}`)
    const { body } = await guest.read('billing.balance')
    const held = heldSchema.parse(body).result.data.balances.filter((meter) => meter.held > 0)
    if (held.length > 0) found.push(`guest ${index}: still held: ${JSON.stringify(held)}`)
  }
  return found
}

const balanceSchema = z.object({ held: z.number() })
const heldSchema = z.object({
  result: z.object({ data: z.object({ balances: z.array(balanceSchema) }) }),
})
