import { BackendRefusal, BackendUnreachable } from './backend.ts'
import { UsageError } from './usage-error.ts'

/** The words for people, or one line of JSON, for what went wrong. */
export function explain(error: unknown, { json }: { json: boolean }): string {
  const message = error instanceof Error ? error.message : String(error)
  if (!json) return message
  const code = error instanceof BackendRefusal ? error.code : codeOf(error)
  return JSON.stringify({ error: message, code })
}

/** 1: the backend refused. 2: the command was not understood. 3: the backend cannot be reached. 4: anything else. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof BackendRefusal) return 1
  if (isUsage(error)) return 2
  if (error instanceof BackendUnreachable) return 3
  return 4
}

function codeOf(error: unknown): string {
  if (isUsage(error)) return 'USAGE'
  return error instanceof BackendUnreachable ? 'UNREACHABLE' : 'UNEXPECTED'
}

/** The parser's own errors are recognised by name: their class is not exported. */
function isUsage(error: unknown): boolean {
  return error instanceof UsageError || (error instanceof Error && error.name === 'CLIError')
}
