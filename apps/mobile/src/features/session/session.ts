/** Who is signed in on this device. */
export type Session = {
  token: string
  /** Whose own account it is. */
  customerId: string
  isGuest: boolean
  name: string
  /** Null while it is not known: from a switch until its answer, however often the app is started in between. */
  acting: Acting | null
}

/** Whom a session acts for. */
export type Acting = {
  userId: string
  /** Null for the personal account. */
  organizationId: string | null
}

/** A session of which it is known whom it acts for, and therefore who pays. */
export type ActingSession = Session & { acting: Acting }

/** Whether it is known whom a session acts for. */
export function isActing(session: Session): session is ActingSession {
  return session.acting !== null
}

/** Who pays for the clicks of a session; those of one customer are never sent for another. */
export function payerOf({ customerId, acting }: ActingSession): string {
  return acting.organizationId ?? customerId
}

/** Reads a stored session; null when there is none or it cannot be read. */
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

/** Not known of a session that an older version of the app has stored. */
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
