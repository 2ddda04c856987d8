/** Tests that show what becomes of an attack, as `file › words of the title`; or why there is none. */
export type Attack = {
  id: string
  attack: string
  expected: string
} & ({ tests: readonly string[] } | { reason: string })
