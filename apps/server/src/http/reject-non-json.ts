import { errorResponse } from './error-response.ts'
import type { RequestCheck } from './request-check.ts'

/** Accepts only JSON bodies: any page can post a form without a preflight, and no route needs forms. */
export const rejectNonJson: RequestCheck = ({ method, header }) => {
  if (method !== 'POST') return null
  const type = header('content-type')?.split(';')[0]?.trim().toLowerCase()
  return type === 'application/json' ? null : errorResponse('unsupported_media_type')
}
