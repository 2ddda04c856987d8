import {
  enAlerts,
  enApiKeys,
  enBalance,
  enBilling,
  enLimits,
  enRefusals,
  enResults,
  enStudio,
  enTeam,
} from '@tollgate/contract/copy'
import { enAccount } from './en/account.ts'
import { enAccountData } from './en/account-data.ts'
import { enPlans } from './en/plans.ts'
import { enShell } from './en/shell.ts'
import { enUsage } from './en/usage.ts'

/** All texts of the Studio in English; the type of every other language. */
export const en = {
  ...enShell,
  ...enAccount,
  ...enAccountData,
  ...enAlerts,
  ...enApiKeys,
  ...enLimits,
  ...enStudio,
  ...enBalance,
  ...enResults,
  ...enUsage,
  ...enPlans,
  ...enBilling,
  ...enRefusals,
  ...enTeam,
}

export type Copy = typeof en
