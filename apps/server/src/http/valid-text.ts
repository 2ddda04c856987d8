import { findInvalidText, type InvalidText } from '@tollgate/http'
import type { Guard, Refusal } from './guard.ts'

/** Turns away text that no database can store (U+0000, half a surrogate pair) and nesting that no program can walk. */
export const validText: Guard = ({ url, body }) => {
  if (NUL.test(url)) return REFUSALS.nul
  const found = (body && findInvalidText(body.toString())) ?? inQuery(url)
  return found ? REFUSALS[found] : null
}

/** Encoded; a URL cannot carry it in any other way. */
const NUL = /%00/u

/** Reads carry their input as JSON in the query. */
function inQuery(url: string): InvalidText | null {
  const start = url.indexOf('?')
  if (start < 0) return null
  const input = new URLSearchParams(url.slice(start)).get('input')
  return input === null ? null : findInvalidText(input)
}

const REFUSALS = {
  nul: refusal('The text contains U+0000. Remove it and send the request again.'),
  lone_surrogate: refusal(
    'The text contains half of a surrogate pair. Send well-formed Unicode, for example by `toWellFormed()`.',
  ),
  too_deep: refusal('The JSON is nested more than 100 levels deep.'),
} as const satisfies Record<InvalidText, Refusal>

function refusal(message: string): Refusal {
  return { status: 400, error: 'bad_request', message }
}
