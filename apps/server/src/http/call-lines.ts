import { createLine, type Line } from './create-line.ts'

/** What kind of work a request asks for. */
export type CallKind = 'read' | 'free' | 'billed'

/** As many as there are database connections; more at once would only wait for each other. */
const AT_ONCE_MAX = 32
/** A few seconds' worth of work; who comes later is asked back. */
const WAITING_MAX = 2000
/** Waiting for a model costs memory and nothing else, so this only bounds the memory. */
const RUNNING_MAX = 1000

/**
 * Where calls wait for their turn, each kind by itself, so that none waits for another. Reads and free calls keep their slot until
 * they are answered. A billed call keeps one until it is known who makes it; its work may take minutes and keeps none.
 */
export type CallLines = Readonly<Record<CallKind, Line>> & { running: Line }

/** Makes the lines of one process. */
export function createCallLines(): CallLines {
  const line = () => createLine({ concurrent: AT_ONCE_MAX, waiting: WAITING_MAX })
  return {
    read: line(),
    free: line(),
    billed: line(),
    running: createLine({ concurrent: RUNNING_MAX, waiting: 0 }),
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
