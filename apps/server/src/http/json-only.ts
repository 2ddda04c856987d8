import type { Guard } from './guard.ts'

/** Takes only JSON bodies: forms can be posted by any page without asking, and nothing here needs them. */
export const jsonOnly: Guard = ({ method, header }) => {
  if (method !== 'POST') return null
  const type = header('content-type')?.split(';')[0]?.trim().toLowerCase()
  return type === 'application/json' ? null : NOT_JSON
}

const NOT_JSON = {
  status: 415,
  error: 'unsupported_media_type',
  message: 'Send application/json.',
} as const
