import type { TRPCRouterRecord } from '@trpc/server'
import type { TextModel } from '../text-model.ts'
import type { CostDeclaration, ProviderCost } from './provider-cost.ts'

/** What a procedure of a router says that it costs with these models; null where it says nothing. */
export function providerCostOf(
  record: TRPCRouterRecord,
  path: string,
  models: { text: TextModel },
): ProviderCost | null {
  const declared = declarationOf(record, path.split('.'))
  return typeof declared === 'function' ? declared(models) : declared
}

function declarationOf(
  record: TRPCRouterRecord,
  [name = '', ...rest]: readonly string[],
): CostDeclaration | null {
  const entry = Object.hasOwn(record, name) ? record[name] : undefined
  if (entry === undefined) return null
  if (typeof entry !== 'function') return declarationOf(entry, rest)
  const meta: unknown = entry._def.meta
  const cost: unknown = typeof meta === 'object' && meta !== null ? Reflect.get(meta, 'cost') : null
  return isDeclaration(cost) ? cost : null
}

/** The type of a procedure's metadata says so where it is written. */
function isDeclaration(cost: unknown): cost is CostDeclaration {
  return typeof cost === 'function' || (typeof cost === 'object' && cost !== null)
}
