const STARTS_AND_KILLS_MS = 600_000
/** Ten times what a small, busy machine needs. */
const CALL_MS = 50

/** How long a storm of this many calls may take on a slow machine. */
export function stormTimeoutMs(calls: number): number {
  return STARTS_AND_KILLS_MS + calls * CALL_MS
}
