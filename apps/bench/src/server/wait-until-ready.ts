import type { ChildProcess } from 'node:child_process'
import { setTimeout as delay } from 'node:timers/promises'

const MS_MAX = 120_000
const POLL_MS = 20

/** Waits until a started server answers a call; rejects if it exits instead. */
export async function waitUntilReady(child: ChildProcess, port: number): Promise<void> {
  const until = performance.now() + MS_MAX
  const request = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"text":"hello"}',
  }
  for (;;) {
    const response = await fetch(`http://127.0.0.1:${port}/trpc/noOps.open`, request).catch(
      () => null,
    )
    await response?.text()
    if (response?.ok) return
    if (child.exitCode !== null || performance.now() > until) {
      throw new Error(`A server did not start: ${response?.status ?? 'no answer'}.`)
    }
    await delay(POLL_MS)
  }
}
