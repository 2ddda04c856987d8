import type { Deletion } from '@tollgate/api'

/** The account cannot be deleted yet; the message says what has to be ended first. */
export class EraseRefusedError extends Error {
  override readonly name = 'EraseRefusedError'
  readonly code: 'plan' | 'checkout' | 'organizations'

  constructor(code: EraseRefusedError['code'], { organizations }: Deletion) {
    const reasons = {
      plan: 'A paid plan would renew. Cancel it first, in the Studio or in the console of the billing backend; it need not have ended.',
      checkout:
        'A checkout can still be paid. Cancel it on its page, or wait until it has expired.',
      organizations: `Only owner of ${organizations.join(', ')}. Make someone else its owner, or delete it first.`,
    }
    super(`${reasons[code]} Nothing was deleted. Guide: errors#erase-${code}`)
    this.code = code
  }
}
