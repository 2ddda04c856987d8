import { errorResponse } from './error-response.ts'
import type { RequestCheck } from './request-check.ts'

/** Refuses paths that cannot be decoded: they are the caller's error, but a later decoder would report one of ours. */
export const rejectMalformedUrl: RequestCheck = ({ url }) => {
  if (!url.includes('%')) return null
  try {
    return decodeURIComponent(new URL(url).pathname).includes('\0') ? malformed() : null
  } catch {
    return malformed()
  }
}

function malformed(): Response {
  return errorResponse('bad_request', { message: 'The path is not a valid URL path.' })
}
