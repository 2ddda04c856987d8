export { featureNames, meterNames, meterUnits } from './copy/catalog-names.ts'
export { enBalance } from './copy/en-balance.ts'
export { enRefusals } from './copy/en-refusals.ts'
export { createFormats, type Formats } from './copy/formats.ts'
