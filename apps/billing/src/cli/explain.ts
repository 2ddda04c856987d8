import { docsAnchor } from '@tollgate/contract'
import { BackendRefusal, BackendUnreachable } from './backend.ts'
import { LedgerViolatedError } from './ledger-violated-error.ts'
import { UsageError } from './usage-error.ts'

/** Describes an error for people, or as one line of JSON, with the place in the guide. */
export function explain(error: unknown, { json }: { json: boolean }): string {
  const message = error instanceof Error ? error.message : String(error)
  const code = codeOf(error)
  const docs = docsAnchor({ name: nameOf(error), code })
  if (json) return JSON.stringify({ error: message, code, docs })
  return docs === null ? message : `${message}\nGuide: ${docs}`
}

/** 1: the backend refused. 2: the command was not understood. 3: the backend cannot be reached. 4: anything else. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof BackendRefusal || error instanceof LedgerViolatedError) return 1
  if (isUsage(error)) return 2
  if (error instanceof BackendUnreachable) return 3
  return 4
}

function codeOf(error: unknown): string {
  if (isUsage(error)) return 'USAGE'
  const isOurs =
    error instanceof BackendRefusal ||
    error instanceof LedgerViolatedError ||
    error instanceof BackendUnreachable
  return isOurs ? error.code : 'UNEXPECTED'
}

function nameOf(error: unknown): string {
  if (isUsage(error)) return 'UsageError'
  return error instanceof Error ? error.name : 'unknown'
}

/** The parser's own errors are recognised by name: their class is not exported. */
function isUsage(error: unknown): boolean {
  return error instanceof UsageError || (error instanceof Error && error.name === 'CLIError')
}
