import {
  createFormats,
  enBalance,
  enBilling,
  enLowBalance,
  enRefusals,
  enStatuses,
} from '@tollgate/contract/copy'

/** The copy that the Studio uses too, with the device's formats. */
export const copy = {
  t: {
    ...enBalance,
    ...enRefusals,
    ...enBilling,
    lowBalance: enLowBalance,
    statuses: enStatuses,
  },
  f: createFormats(),
}
