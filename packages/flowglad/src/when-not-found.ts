import { FlowgladFailure } from './flowglad-failure.ts'

/** For `.catch()`: takes `fallback` where Flowglad has no such thing, and throws every other failure on. */
export function whenNotFound<T>(fallback: () => T): (error: unknown) => T {
  return (error) => {
    if (error instanceof FlowgladFailure && error.code === 'not_found') return fallback()
    throw error
  }
}
