import type { World } from './world.ts'

/** Whether a restore may have removed what an attempt left: it ended after the backup, or never. */
export function isLost(
  { lostTimes }: Pick<World, 'lostTimes'>,
  { beganAt, endedAt }: { beganAt: number; endedAt: number | null },
): boolean {
  return lostTimes.some(({ from, until }) => beganAt < until && (endedAt ?? Infinity) >= from)
}

/** Operations that began before a restore: the backend may have charges for them that the store lacks, or has with another amount. */
export function operationsBeforeRestore({
  lostTimes,
  history,
}: Pick<World, 'lostTimes' | 'history'>): Set<string> {
  const restoredAt = Math.max(...lostTimes.map(({ until }) => until), -Infinity)
  const before = history.filter(({ beganAt }) => beganAt < restoredAt)
  return new Set(before.flatMap(({ operationIds }) => operationIds))
}
