/** Has the fix of a mistake in its type, so that the compiler's message shows it. */
export interface Mistake<Fix extends string> {
  readonly fix: Fix
}
