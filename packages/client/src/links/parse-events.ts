/** One message of a server-sent event stream. */
export type PushEvent = { type: string; data: string; lastEventId: string }

/**
 * Parses `text/event-stream`, however it is split; call the returned function with each piece.
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
 */
export function parseEvents(onEvent: (event: PushEvent) => void): (piece: string) => void {
  let unread = ''
  let [type, data, lastEventId] = ['', '', '']

  return function read(piece) {
    // A CR at the end of a piece may be followed by an LF in the next one.
    const lines = (unread + piece).split(/\r\n|\n|\r(?!$)/)
    unread = lines.pop() ?? ''
    for (const line of lines) readLine(line)
  }

  function readLine(line: string): void {
    if (line === '') return dispatch()
    const colon = line.indexOf(':')
    const name = colon === -1 ? line : line.slice(0, colon)
    const value = colon === -1 ? '' : line.slice(colon + 1).replace(/^ /, '')
    if (name === 'data') data += `${value}\n`
    else if (name === 'event') type = value
    else if (name === 'id') lastEventId = value
  }

  function dispatch(): void {
    const event = { type: type || 'message', data: data.slice(0, -1), lastEventId }
    const hasData = data !== ''
    ;[type, data] = ['', '']
    if (hasData) onEvent(event)
  }
}
