/** An error type that names the fix, so that the compiler's message shows it. */
export interface Mistake<Fix extends string> {
  readonly fix: Fix
}
