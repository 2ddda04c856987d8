import { type ConcurrencyLimit, createConcurrencyLimit } from './concurrency-limit.ts'

/** What kind of work a request asks for. */
export type CallKind = 'read' | 'free' | 'billed'

/** As many as there are database connections; more at once would only wait for each other. */
const CONCURRENT_MAX = 32
/** A few seconds' worth of work; later callers are asked to come back. */
const QUEUED_MAX = 2000
/** Waiting for a model costs memory and nothing else, so this only bounds the memory. */
const RUNNING_MAX = 1000

/**
 * The concurrency limits of tRPC calls, one per kind, so that none waits for another. Reads and free calls keep their slot until
 * they are answered. A billed call keeps one until its caller is known; its work may take minutes and keeps none.
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

/** The kind of a tRPC request; a batch is billed when one of its calls is. */
export function kindOfCall(
  request: { method: string; path: string },
  billedPaths: ReadonlySet<string>,
): CallKind {
  if (request.method !== 'POST') return 'read'
  // As tRPC reads it: a comma may come encoded.
  const name = decodeURIComponent(request.path.slice(request.path.lastIndexOf('/') + 1))
  const paths = name.split(',')
  return paths.some((path) => billedPaths.has(path)) ? 'billed' : 'free'
}
