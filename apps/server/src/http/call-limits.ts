import { type ConcurrencyLimit, createConcurrencyLimit } from './concurrency-limit.ts'

/** The kind of a request, by the work it causes. */
export type CallKind = 'read' | 'free' | 'billed'

/** As many as there are database connections; more would only queue for one. */
const CONCURRENT_MAX = 32
/** A few seconds' worth of work; further callers are asked to retry later. */
const QUEUED_MAX = 2000
/** Waiting for a model only costs memory, which this bounds. */
const RUNNING_MAX = 1000

/**
 * The concurrency limits of tRPC calls, one per kind, so that no kind waits for another. Reads and free calls hold their slot until they
 * are answered. A billed call holds its slot only until its caller is known, because its work may take minutes.
 */
export type CallLimits = Readonly<Record<CallKind | 'running', ConcurrencyLimit>>

/** Creates the limits of one process. */
export function createCallLimits(): CallLimits {
  const limit = () => createConcurrencyLimit({ concurrent: CONCURRENT_MAX, queued: QUEUED_MAX })
  return {
    read: limit(),
    free: limit(),
    billed: limit(),
    running: createConcurrencyLimit({ concurrent: RUNNING_MAX, queued: 0 }),
  }
}

/** The kind of a tRPC request; a batch with a billed call is billed. */
export function kindOfCall(
  request: { method: string; path: string },
  billedPaths: ReadonlySet<string>,
): CallKind {
  if (request.method !== 'POST') return 'read'
  // Decoded as tRPC does: a comma may be percent-encoded.
  const name = decodeURIComponent(request.path.slice(request.path.lastIndexOf('/') + 1))
  const paths = name.split(',')
  return paths.some((path) => billedPaths.has(path)) ? 'billed' : 'free'
}
