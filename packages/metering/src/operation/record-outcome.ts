import type { MeteringContext } from '../context.ts'
import { MeteringError } from '../metering-error.ts'

/** Counts with which code a call ended that was not answered; an error of another kind is not metering's to count. */
export function recordOutcome({ emit }: MeteringContext, procedure: string, error: unknown): void {
  if (error instanceof MeteringError) emit({ kind: 'operation', procedure, outcome: error.code })
}
