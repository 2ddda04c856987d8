import { afterEach, expect, it } from 'vitest'
import { announceSwitch, onSwitch } from './switch-signal.ts'

const CHANNEL = 'tollgate:acting'
const other = new BroadcastChannel(CHANNEL)
afterEach(() => other.close())

it('goes to the other windows, is heard from them until the listener stops, and never from the window itself', async () => {
  let sent = 0
  let heard = 0
  other.addEventListener('message', () => (sent += 1))
  const stop = onSwitch(() => (heard += 1))
  announceSwitch()
  await expect.poll(() => sent).toBe(1)
  expect(heard).toBe(0)
  other.postMessage(null)
  await expect.poll(() => heard).toBe(1)
  stop()
  other.postMessage(null)
  announceSwitch()
  await expect.poll(() => sent).toBe(2)
  expect(heard).toBe(1)
})
