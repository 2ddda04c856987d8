import type { Executed } from './count-statements.ts'

/** Background statements: relay, sweep and sync with their transactions, and balance notifications. */
const BEHIND =
  /^(?:begin|commit|rollback|listen|set|show)\b|\bpg_notify\b|\bmetering\.\w*(?:claim|deliver|backlog|sync|sweep|expire|forget|beat)/i

/** The number of executed statements on the critical path of a call. */
export function statementsOnPath(statements: readonly Executed[]): number {
  return statements.reduce((sum, { text, calls }) => (BEHIND.test(text) ? sum : sum + calls), 0)
}
