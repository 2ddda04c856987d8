import { describe, expect, it } from 'vitest'
import { parseEvents, type PushEvent } from './parse-events.ts'

const SENT =
  ': hello\n\nevent: connected\ndata: {}\n\nid: 7\r\ndata:one\r\ndata: two\r\n\r\nevent: ping\n\n'
const MEANT: PushEvent[] = [
  { type: 'connected', data: '{}', lastEventId: '' },
  { type: 'message', data: 'one\ntwo', lastEventId: '7' },
]

function eventsOf(pieces: readonly string[]): PushEvent[] {
  const events: PushEvent[] = []
  const read = parseEvents((event) => events.push(event))
  for (const piece of pieces) read(piece)
  return events
}

describe('a push connection', () => {
  it('is read the same wherever it is cut in two', () => {
    for (let cut = 0; cut <= SENT.length; cut += 1) {
      expect(eventsOf([SENT.slice(0, cut), SENT.slice(cut)])).toEqual(MEANT)
    }
    expect(eventsOf(SENT.split(''))).toEqual(MEANT)
  })

  it('leaves out a message whose end has not arrived', () => {
    expect(eventsOf(['data: half\n'])).toEqual([])
  })
})
