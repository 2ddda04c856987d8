import { deAlerts, deApiKeys, deLimits, deTeam } from '@tollgate/contract/copy'
import { deAccount } from './de/account.ts'
import { deAccountData } from './de/account-data.ts'
import { deBalance } from './de/balance.ts'
import { deBilling } from './de/billing.ts'
import { dePlans } from './de/plans.ts'
import { deRefusals } from './de/refusals.ts'
import { deResults } from './de/results.ts'
import { deShell } from './de/shell.ts'
import { deStudio } from './de/studio.ts'
import { deUsage } from './de/usage.ts'
import type { Copy } from './en.ts'

/** All texts of the Studio in German. */
export const de: Copy = {
  ...deShell,
  ...deAccount,
  ...deAccountData,
  ...deAlerts,
  ...deApiKeys,
  ...deLimits,
  ...deStudio,
  ...deBalance,
  ...deResults,
  ...deUsage,
  ...dePlans,
  ...deBilling,
  ...deRefusals,
  ...deTeam,
}
