/** Who is signed in on this device. */
export type Session = {
  token: string
  /** Who pays; intents of one customer are never sent for another. */
  customerId: string
  isGuest: boolean
  name: string
}

/** Reads a stored session; null when there is none or it was written by another version. */
export function parseSession(text: string | null): Session | null {
  if (!text) return null
  try {
    const value: unknown = JSON.parse(text)
    return isSession(value) ? value : null
  } catch {
    return null
  }
}

function isSession(value: unknown): value is Session {
  return (
    typeof value === 'object' &&
    value !== null &&
    'token' in value &&
    typeof value.token === 'string' &&
    'customerId' in value &&
    typeof value.customerId === 'string' &&
    'isGuest' in value &&
    typeof value.isGuest === 'boolean' &&
    'name' in value &&
    typeof value.name === 'string'
  )
}
