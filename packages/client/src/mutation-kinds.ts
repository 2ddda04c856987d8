import type { MutationOutput, MutationPath } from './router-paths.ts'

/** How a mutation travels: billed ones need an operation key and a request of their own. */
export type MutationKind = 'billed' | 'billed_stream' | 'free'

/**
 * Every mutation of the product. The compiler refuses this table while a mutation is missing from it, is
 * no longer there, or streams and is not said to; the server decides what is really charged, so an old table is only slower.
 */
export const MUTATION_KINDS = {
  'images.generate': 'billed',
  'text.summarize': 'billed_stream',
  'tools.qrCode': 'billed',
  'billing.quote': 'free',
  'billing.setSpendCap': 'free',
  'billing.checkout': 'free',
  'billing.refresh': 'free',
  'billing.previewPlanChange': 'free',
  'billing.changePlan': 'free',
  'billing.cancelPlan': 'free',
  'billing.keepPlan': 'free',
} as const satisfies { [Path in MutationPath]: KindOf<MutationOutput<Path>> }

/** A stream that was read as one answer would come as an array, behind the back of its type. */
type KindOf<Output> = [Output] extends [AsyncIterable<unknown>]
  ? 'billed_stream'
  : Exclude<MutationKind, 'billed_stream'>

/** The path of every mutation that costs something. */
export type BilledPath = {
  [Path in keyof typeof MUTATION_KINDS]: (typeof MUTATION_KINDS)[Path] extends 'free' ? never : Path
}[keyof typeof MUTATION_KINDS]

/** How the mutation at a path travels; one this client does not know yet is taken for a free one. */
export function mutationKind(path: string): MutationKind {
  const kinds: Record<string, MutationKind> = MUTATION_KINDS
  return Object.hasOwn(kinds, path) ? (kinds[path] ?? 'free') : 'free'
}
