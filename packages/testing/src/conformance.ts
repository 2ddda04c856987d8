export { billedProcedures, unpricedMutations } from './conformance/billed-procedures.ts'
export { checksOf, describeBilled } from './conformance/describe-billed.ts'
export { type HarnessOptions, openHarness } from './conformance/harness.ts'
