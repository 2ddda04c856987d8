/** Names the fix of a mistake, so that the compiler error shows it. */
export interface Mistake<Fix extends string> {
  readonly fix: Fix
}
