import { findInvalidText, type InvalidText } from '@tollgate/http'
import { errorResponse } from './error-response.ts'
import type { RequestCheck } from './request-check.ts'

/** Refuses text that a database cannot store (U+0000, unpaired surrogates) and JSON that is nested too deeply. */
export const rejectInvalidText: RequestCheck = ({ url, body }) => {
  const found = NUL.test(url)
    ? 'nul'
    : ((body && findInvalidText(body.toString())) ?? findInQuery(url))
  return found ? errorResponse('bad_request', { message: MESSAGES[found] }) : null
}

/** Percent-encoded, the only form that a URL can carry. */
const NUL = /%00/u

/** Queries carry their input as JSON in the query string. */
function findInQuery(url: string): InvalidText | null {
  const start = url.indexOf('?')
  if (start < 0) return null
  const input = new URLSearchParams(url.slice(start)).get('input')
  return input === null ? null : findInvalidText(input)
}

const MESSAGES = {
  nul: 'The text contains U+0000. Remove it and send the request again.',
  lone_surrogate:
    'The text contains half of a surrogate pair. Send well-formed Unicode, for example by `toWellFormed()`.',
  too_deep: 'The JSON is nested more than 100 levels deep.',
} as const satisfies Record<InvalidText, string>
