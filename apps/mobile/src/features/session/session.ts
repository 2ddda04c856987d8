/** A signed-in user on this device. */
export type Session = {
  token: string
  /** The customer of the personal account. */
  customerId: string
  isGuest: boolean
  name: string
  /** Null while unknown: from a switch until its response, across app restarts. */
  acting: Acting | null
}

/** The account that a session acts for. */
export type Acting = {
  userId: string
  /** Null for the personal account. */
  organizationId: string | null
}

/** A session whose account, and therefore payer, is known. */
export type ActingSession = Session & { acting: Acting }

/** Whether the account a session acts for is known. */
export function isActing(session: Session): session is ActingSession {
  return session.acting !== null
}

/** The payer of a session's calls; calls of one customer are never sent for another. */
export function payerOf({ customerId, acting }: ActingSession): string {
  return acting.organizationId ?? customerId
}

/** Reads a stored session; null if there is none or it is unreadable. */
export function parseSession(text: string | null): Session | null {
  if (!text) return null
  try {
    const value: unknown = JSON.parse(text)
    if (!isSession(value)) return null
    return { ...value, acting: actingOf(value) }
  } catch {
    return null
  }
}

/** Unknown for a session that an older version of the app stored. */
function actingOf(value: object): Acting | null {
  const acting: unknown = 'acting' in value ? value.acting : null
  if (typeof acting !== 'object' || acting === null) return null
  if (!('userId' in acting) || typeof acting.userId !== 'string') return null
  const organizationId = 'organizationId' in acting ? acting.organizationId : null
  return {
    userId: acting.userId,
    organizationId: typeof organizationId === 'string' ? organizationId : null,
  }
}

function isSession(value: unknown): value is Omit<Session, 'acting'> {
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
