import { useCatalog } from '../../connection/use-catalog.ts'

/** Every meter that a procedure charges. */
export function useMeters(): readonly string[] {
  const procedures = useCatalog()?.procedures ?? []
  return [...new Set(procedures.map(({ meter }) => meter))]
}
