import type { AppRouter } from './router.ts'
import type { Meta } from './trpc.ts'

/** The paths of the procedures that cost credits. */
export function billedPaths(procedures: AppRouter['_def']['procedures']): ReadonlySet<string> {
  const all: Record<string, unknown> = procedures
  const billed = Object.entries(all).filter(([, procedure]) => isBilled(procedure))
  return new Set(billed.map(([path]) => path))
}

function isBilled(procedure: unknown): boolean {
  return hasDefinition(procedure) && procedure._def.meta?.billing !== undefined
}

function hasDefinition(value: unknown): value is { _def: { meta?: Meta } } {
  return typeof value === 'function' && '_def' in value
}
