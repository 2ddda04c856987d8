/** One call as its client saw it; times are epoch milliseconds of the single machine that all parts run on. */
export type Observation = {
  customerId: string
  key: string
  procedure: string
  meter: string
  /** Null when only the receipt states the cost. */
  cost: number | null
  startedAt: number
  endedAt: number
  answer: ObservedAnswer
}

/** `success` and `refused` are definitive; after `unknown` the client has to retry with the same key. */
export type ObservedAnswer =
  | { kind: 'success'; body: string; operationId: string | null; replayed: boolean }
  | { kind: 'refused'; status: number; reason: string }
  | { kind: 'unknown'; status: number | null; reason: string }

/** One operation as the database recorded it. */
export type OperationRecord = {
  customerId: string
  operationId: string
  key: string
  state: 'executing' | 'settled' | 'voided' | 'expired'
  meter: string
  charged: number
  attempt: number
  /** The stored result in the form of a response body, or null. */
  body: string | null
  createdAt: number
  endedAt: number | null
}

/** Everything the clients of one run saw, in the order of the answers. */
export type History = {
  add(observation: Observation): void
  all(): readonly Observation[]
}

/** Makes an empty history. */
export function createHistory(): History {
  const observations: Observation[] = []
  return { add: (observation) => void observations.push(observation), all: () => observations }
}
