/** One message of a push connection. */
export type PushEvent = { type: string; data: string; lastEventId: string }

/**
 * Reads `text/event-stream` in whatever pieces it arrives; the returned function is given the next piece.
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
 */
export function parseEvents(onEvent: (event: PushEvent) => void): (piece: string) => void {
  let unread = ''
  let [type, data, lastEventId] = ['', '', '']

  return function read(piece) {
    // A line that ends in CR may go on with LF in the next piece.
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
