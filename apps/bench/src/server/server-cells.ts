/** One closed loop against the real server. */
export type ServerCell = {
  name: ServerCellName
  concurrency: number
  procedure: 'noOps.open' | 'noOps.signedIn' | 'noOps.billed'
  /** Whether the servers have the caller's session in their cache. */
  session: 'warm' | 'cold'
}

/** Names what a cell of the real server measures. */
export type ServerCellName = 'open' | 'signed in' | 'signed in, cold' | 'billed' | 'billed, cold'

const signedIn = { name: 'signed in', procedure: 'noOps.signedIn', session: 'warm' } as const
const billed = { name: 'billed', procedure: 'noOps.billed', session: 'warm' } as const

/** The cells that every variant is measured with. */
export const SERVER_CELLS: readonly ServerCell[] = [
  { name: 'open', concurrency: 64, procedure: 'noOps.open', session: 'warm' },
  { ...signedIn, concurrency: 1 },
  { ...signedIn, concurrency: 64 },
  { ...signedIn, name: 'signed in, cold', session: 'cold', concurrency: 64 },
  { ...billed, concurrency: 1 },
  { ...billed, concurrency: 64 },
  { ...billed, name: 'billed, cold', session: 'cold', concurrency: 64 },
]
