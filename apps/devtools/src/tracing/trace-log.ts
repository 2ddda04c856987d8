import { type Station, STATIONS } from '@tollgate/contract'

/** How long one call stayed at each station that it passed, in milliseconds; `from` counts from its first. */
export type Trace = { station: Station; from: number; milliseconds: number }[]

/** Remembers when billed calls were at their stations; the newest ones only. */
export type TraceLog = {
  /** The call comes to a station and has thereby left the one before. */
  arrive(key: string, station: Station): void
  /** A station that goes on beside the call begins: once it is settled, answer and relay run side by side. */
  open(key: string, station: Station): void
  close(key: string, station: Station): void
  /** Which operation a key became, so that what happens later finds its call. */
  name(key: string, operationId: string): void
  keyOf(operationId: string): string | null
  /** Null while nothing is known of the key; `ended` once the backend has the event. */
  read(key: string): { trace: Trace; ended: boolean } | null
}

/** A person looks at the last few. */
const TRACES_MAX = 100

/** Makes an empty log; `now` counts milliseconds. */
export function createTraceLog(now: () => number = () => performance.now()): TraceLog {
  const calls = new Map<string, Passage>()

  function passageOf(key: string): Passage {
    const known = calls.get(key)
    if (known) return known
    const passage: Passage = { stays: new Map(), at: null, operationId: null }
    calls.set(key, passage)
    const [oldest] = calls.keys()
    if (oldest !== undefined && calls.size > TRACES_MAX) calls.delete(oldest)
    return passage
  }

  function open(key: string, station: Station): void {
    passageOf(key).stays.set(station, { from: now(), to: null })
  }

  function close(key: string, station: Station): void {
    const stay = passageOf(key).stays.get(station)
    if (stay) stay.to = now()
  }

  return {
    open,
    close,
    arrive(key, station) {
      const passage = passageOf(key)
      if (passage.at) close(key, passage.at)
      open(key, station)
      passage.at = station
    },
    name: (key, operationId) => void Object.assign(passageOf(key), { operationId }),
    keyOf(operationId) {
      const found = [...calls].find(([, passage]) => passage.operationId === operationId)
      return found?.[0] ?? null
    },
    read(key) {
      const passage = calls.get(key)
      if (!passage) return null
      const ended = (passage.stays.get('backend')?.to ?? null) !== null
      return { trace: traceOf(passage), ended }
    },
  }
}

type Passage = {
  stays: Map<Station, { from: number; to: number | null }>
  /** Where the call itself is. */
  at: Station | null
  operationId: string | null
}

function traceOf({ stays }: Passage): Trace {
  const begin = Math.min(...[...stays.values()].map(({ from }) => from))
  return STATIONS.flatMap((station) => {
    const stay = stays.get(station)
    if (!stay || stay.to === null) return []
    return [{ station, from: stay.from - begin, milliseconds: stay.to - stay.from }]
  })
}
