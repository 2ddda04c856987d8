/** An attack and the tests that show its outcome, as `file › words of the title`; or why there are none. */
export type Attack = {
  id: string
  attack: string
  expected: string
} & ({ tests: readonly string[] } | { reason: string })
