import { FlowgladFailure } from './flowglad-failure.ts'

/** For `.catch()`: returns `fallback` when Flowglad answers "not found", and rethrows every other failure. */
export function whenNotFound<T>(fallback: () => T): (error: unknown) => T {
  return (error) => {
    if (error instanceof FlowgladFailure && error.code === 'not_found') return fallback()
    throw error
  }
}
