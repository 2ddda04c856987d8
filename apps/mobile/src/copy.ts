import {
  createFormats,
  enAlerts,
  enApiKeys,
  enBalance,
  enBilling,
  enLimits,
  enLowBalance,
  enRefusals,
  enResults,
  enStatuses,
  enStudio,
  enTeam,
} from '@tollgate/contract/copy'

/** The texts that the Studio also uses, with the device's formats. */
export const copy = {
  language: 'en' as const,
  t: {
    ...enBalance,
    ...enRefusals,
    ...enResults,
    ...enBilling,
    ...enStudio,
    ...enTeam,
    ...enLimits,
    ...enApiKeys,
    ...enAlerts,
    lowBalance: enLowBalance,
    statuses: enStatuses,
  },
  f: createFormats(),
}
