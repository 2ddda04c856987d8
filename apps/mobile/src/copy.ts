import {
  createFormats,
  enBalance,
  enBilling,
  enLowBalance,
  enRefusals,
  enResults,
  enStatuses,
  enStudio,
} from '@tollgate/contract/copy'

/** The copy that the Studio uses too, with the device's formats. */
export const copy = {
  t: {
    ...enBalance,
    ...enRefusals,
    ...enResults,
    ...enBilling,
    ...enStudio,
    lowBalance: enLowBalance,
    statuses: enStatuses,
  },
  f: createFormats(),
}
