import { verificationSchema } from '@tollgate/ledger/operator'
import { defineBillingCommand } from './define-billing-command.ts'
import { LedgerViolatedError } from './ledger-violated-error.ts'

/** `billing verify` */
export const verifyCommand = defineBillingCommand({
  name: 'verify',
  description: 'Check every ledger invariant; fails if any is violated',
  args: {},
  async run(backend) {
    const data = await backend.get('/verification', verificationSchema)
    if (!data.intact) throw new LedgerViolatedError(data.violations)
    return { data, text: 'All ledger checks passed.' }
  },
})
