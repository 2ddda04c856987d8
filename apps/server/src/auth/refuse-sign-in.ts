import { CUSTOMER_TEXT_MAX } from '@tollgate/contract'

/** Why a request of sign-in is refused. */
export type Refusal =
  | { reason: 'not_found' }
  | { reason: 'too_long'; field: string }
  | { reason: 'too_many'; waitMs: number }
  | { reason: 'guest_has_purchases' }
  | { reason: 'operations_running' }
  | { reason: 'cannot_move'; message: string }
  | { reason: 'billing_unavailable' }

/** Refuses in the shape of the library's own errors, which the clients read. */
export function refuseSignIn(refusal: Refusal): Response {
  switch (refusal.reason) {
    case 'not_found':
      return Response.json(
        { code: 'NOT_FOUND', message: 'There is nothing here.' },
        { status: 404 },
      )
    case 'too_long':
      return Response.json(
        {
          code: 'TOO_LONG',
          message: `The ${refusal.field} has more than ${CUSTOMER_TEXT_MAX} characters. Shorten it.`,
        },
        { status: 400 },
      )
    case 'too_many':
      return Response.json(
        { code: 'TOO_MANY_REQUESTS', message: 'Too many attempts. Try again later.' },
        { status: 429, headers: { 'Retry-After': String(Math.ceil(refusal.waitMs / 1000)) } },
      )
    case 'guest_has_purchases':
      return Response.json({ code: 'GUEST_HAS_PURCHASES', message: HAS_PURCHASES }, { status: 409 })
    case 'operations_running':
      return Response.json(
        { code: 'OPERATIONS_RUNNING', message: RUNNING },
        { status: 409, headers: { 'Retry-After': String(RUNNING_RETRY_S) } },
      )
    case 'cannot_move':
      return Response.json(
        { code: 'PURCHASES_CANNOT_MOVE', message: `${CANNOT_MOVE} ${refusal.message}` },
        { status: 409 },
      )
    case 'billing_unavailable':
      return Response.json(
        { code: 'BILLING_UNAVAILABLE', message: UNAVAILABLE },
        { status: 503, headers: { 'Retry-After': String(BILLING_RETRY_S) } },
      )
  }
}

const HAS_PURCHASES =
  'This guest has a paid plan, credits or an open checkout that would be left without an owner. Create an account with a new e-mail address first: all of it stays with you. A checkout you do not want can be cancelled on its page.'

const RUNNING_RETRY_S = 3
const RUNNING =
  'Something this guest pays for is still running. Sign in once it is done: its credits then move to your account with the rest.'
const CANNOT_MOVE =
  'What this guest owns cannot move to that account right now. Nothing changed, and you are still the guest.'

/** About as long as the backend's circuit stays open after a failure. */
const BILLING_RETRY_S = 5
const UNAVAILABLE =
  'Billing is temporarily unavailable, so whether this guest owns a plan or credits is unknown. Nothing changed. Try again in a few seconds.'
