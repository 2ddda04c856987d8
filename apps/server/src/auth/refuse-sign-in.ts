import { CUSTOMER_TEXT_MAX } from '@tollgate/contract'

/** Why a sign-in request is refused. */
export type SignInRefusal = {
  reason: keyof typeof REFUSALS
  /** Replaces the standard message. */
  message?: string
  retryAfterMs?: number
}

/** Refuses with the shape of the library's own errors, which the clients parse. */
export function refuseSignIn({ reason, message, retryAfterMs }: SignInRefusal): Response {
  const [status, code, standard, waitMs] = REFUSALS[reason]
  const wait = retryAfterMs ?? waitMs
  return Response.json(
    { code, message: message ?? standard },
    { status, headers: wait ? { 'Retry-After': String(Math.ceil(wait / 1000)) } : {} },
  )
}

/** The refusal of a name or address that is too long for the billing backend. */
export function fieldTooLong(field: string): SignInRefusal {
  const message = `The ${field} has more than ${CUSTOMER_TEXT_MAX} characters. Shorten it.`
  return { reason: 'too_long', message }
}

/** Status, code, message, and the milliseconds to wait. */
const REFUSALS = {
  not_found: [404, 'NOT_FOUND', 'There is nothing here.', 0],
  too_long: [400, 'TOO_LONG', 'The request is too long.', 0],
  too_many: [429, 'TOO_MANY_REQUESTS', 'Too many attempts. Try again later.', 0],
  guest_in_organization: [
    403,
    'GUEST_CANNOT_JOIN',
    'A guest cannot create or join an organization. Create an account first: what you have stays with you.',
    0,
  ],
  sign_in_first: [401, 'SIGN_IN_FIRST', 'Sign in to the account of this address first.', 0],
  incomplete_link: [401, 'INVALID_TOKEN', 'This link is incomplete. Have another one sent.', 0],
  other_account: [
    403,
    'OTHER_ACCOUNT',
    'This link is not of this account. Sign in to the account that it was sent for.',
    0,
  ],
  guest_without_address: [
    403,
    'GUEST_HAS_NO_ADDRESS',
    'A guest has no e-mail address. Create an account first: what you have stays with you.',
    0,
  ],
  already_verified: [409, 'ALREADY_VERIFIED', 'The address of this account is verified.', 0],
  no_such_role: [400, 'ROLE_NOT_FOUND', 'A member is an owner, billing, a member or a viewer.', 0],
  last_owner: [
    409,
    'LAST_OWNER',
    'An organization needs an owner. Make another member an owner first.',
    0,
  ],
  guest_has_purchases: [
    409,
    'GUEST_HAS_PURCHASES',
    'This guest has a paid plan, credits or an open checkout that would be left without an owner. Create an account with a new e-mail address first: all of it stays with you. A checkout you do not want can be cancelled on its page.',
    0,
  ],
  operations_running: [
    409,
    'OPERATIONS_RUNNING',
    'Something this guest pays for is still running. Sign in once it is done: its credits then move to your account with the rest.',
    3000,
  ],
  cannot_move: [409, 'PURCHASES_CANNOT_MOVE', 'What this guest owns cannot move now.', 0],
  // About as long as the backend's circuit breaker stays open after a failure.
  billing_unavailable: [
    503,
    'BILLING_UNAVAILABLE',
    'Billing is temporarily unavailable, so whether this guest owns a plan or credits is unknown. Nothing changed. Try again in a few seconds.',
    5000,
  ],
} as const
