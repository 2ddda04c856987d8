import type { Executed } from './count-statements.ts'

/** What happens behind the calls: relay, sweep and sync with their transactions, and the news of a balance. */
const BEHIND =
  /^(?:begin|commit|rollback|listen|set|show)\b|\bpg_notify\b|\bmetering\.\w*(?:claim|deliver|backlog|sync|sweep|expire|forget|beat)/i

/** How many of the executed statements stood on the path of a call. */
export function statementsOnPath(statements: readonly Executed[]): number {
  return statements.reduce((sum, { text, calls }) => (BEHIND.test(text) ? sum : sum + calls), 0)
}
