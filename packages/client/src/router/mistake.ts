/** Carries in its name how a mistake is mended, so that the compiler says it. */
export interface Mistake<Fix extends string> {
  readonly fix: Fix
}
