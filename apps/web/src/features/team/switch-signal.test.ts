import { expect, it } from 'vitest'
import { announceSwitch, onSwitch } from './switch-signal.ts'

it('reaches every window that listens, and none that has stopped', async () => {
  const heard: string[] = []
  const stops = ['one', 'other'].map((name) => onSwitch(() => heard.push(name)))
  announceSwitch()
  await expect.poll(() => heard.toSorted()).toEqual(['one', 'other'])
  stops[0]?.()
  announceSwitch()
  await expect.poll(() => heard).toHaveLength(3)
  expect(heard[2]).toBe('other')
  stops[1]?.()
})
