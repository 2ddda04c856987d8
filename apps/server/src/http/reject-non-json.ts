import { errorResponse } from './error-response.ts'
import type { RequestCheck } from './request-check.ts'

/** Takes only JSON bodies: forms can be posted by any page without asking, and nothing here needs them. */
export const rejectNonJson: RequestCheck = ({ method, header }) => {
  if (method !== 'POST') return null
  const type = header('content-type')?.split(';')[0]?.trim().toLowerCase()
  return type === 'application/json' ? null : errorResponse('unsupported_media_type')
}
