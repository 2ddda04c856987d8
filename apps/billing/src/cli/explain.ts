import { docsAnchor } from '@tollgate/contract'
import { CommandError } from './command-error.ts'
import { UsageError } from './usage-error.ts'

/** Describes an error as text, or as one line of JSON, with a link to the guide; any other error exits with 4. */
export function explain(error: unknown, { json }: { json: boolean }) {
  const known = isParserError(error) ? new UsageError(error.message) : error
  const message = known instanceof Error ? known.message : String(known)
  const code = known instanceof CommandError ? known.code : 'UNEXPECTED'
  const docs = docsAnchor(known)
  const text = docs === null ? message : `${message}\nGuide: ${docs}`
  return {
    text: json ? JSON.stringify({ error: message, code, docs }) : text,
    exitCode: known instanceof CommandError ? known.exitCode : 4,
  }
}

/** The parser's own errors are recognized by name, because their class is not exported. */
function isParserError(error: unknown): error is Error {
  return error instanceof Error && error.name === 'CLIError'
}
