import { parseEvents } from './parse-events.ts'

/** How long browsers wait before they reconnect. */
const RECONNECT_MS = 3000

type Listener = (event: object) => void

/** The part of `EventSource` that tRPC's subscription link uses. */
export type EventSourceClass = new (
  url: string,
  init?: { headers?: Record<string, string> },
) => {
  readonly CONNECTING: number
  readonly OPEN: number
  readonly CLOSED: number
  readyState: number
  addEventListener(type: string, listener: Listener): void
  removeEventListener(type: string, listener: Listener): void
  close(): void
}
type Sent = { headers: Record<string, string>; signal: AbortSignal }

/**
 * An `EventSource` for tRPC's subscription link that sends headers: the browser's own can only authenticate by cookie, phones and programs
 * use a token. Like the browser's, it reconnects after a lost connection and stops when it is refused.
 */
export function createEventSource(send: typeof fetch): EventSourceClass {
  return class HeadersEventSource {
    readonly CONNECTING = 0
    readonly OPEN = 1
    readonly CLOSED = 2
    readyState: number = this.CONNECTING
    // Does not extend `EventTarget`, which some phones lack.
    readonly #listeners = new Map<string, Set<Listener>>()
    readonly #closed = new AbortController()

    constructor(url: string, init: { headers?: Record<string, string> } = {}) {
      void this.#follow(url, init.headers ?? {})
    }

    addEventListener(type: string, listener: Listener): void {
      this.#listeners.set(type, (this.#listeners.get(type) ?? new Set()).add(listener))
    }

    removeEventListener(type: string, listener: Listener): void {
      this.#listeners.get(type)?.delete(listener)
    }

    close(): void {
      this.readyState = this.CLOSED
      this.#closed.abort()
    }

    async #follow(url: string, headers: Record<string, string>): Promise<void> {
      const { signal } = this.#closed
      while (!signal.aborted) {
        const isRefused = await this.#read(url, { headers, signal }).catch(() => false)
        if (signal.aborted) return
        this.readyState = isRefused ? this.CLOSED : this.CONNECTING
        this.#dispatch({ type: 'error' })
        if (isRefused) return
        await new Promise((resolve) => setTimeout(resolve, RECONNECT_MS))
      }
    }

    /** Reads until the connection ends; true when the server refused it. */
    async #read(url: string, { headers, signal }: Sent): Promise<boolean> {
      const accept = { accept: 'text/event-stream' }
      const response = await send(url, { headers: { ...headers, ...accept }, signal })
      if (!response.ok || !response.body) return true
      this.readyState = this.OPEN
      const text = new TextDecoder()
      const parse = parseEvents((event) => this.#dispatch(event))
      const reader = response.body.getReader()
      for (;;) {
        const { done, value } = await reader.read()
        if (done) return false
        parse(text.decode(value, { stream: true }))
      }
    }

    #dispatch(event: { type: string }): void {
      for (const listener of this.#listeners.get(event.type) ?? []) listener(event)
    }
  }
}
