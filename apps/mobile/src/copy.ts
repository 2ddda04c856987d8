import { createFormats, enBalance, enRefusals } from '@tollgate/contract/copy'

/** The copy that the Studio uses too, with the device's formats. */
export const copy = { t: { ...enBalance, ...enRefusals }, f: createFormats() }
